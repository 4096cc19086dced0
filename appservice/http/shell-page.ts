import type { z } from 'zod';
import type { HttpContext } from './context.ts';
import type { LimitName } from './rate-limit.ts';
import { route, type Route } from './route.ts';

/** A page whose content the browser draws by its address. */
export type ShellPage<Params extends z.ZodType> = {
  readonly path: string;
  readonly summary: string;
  readonly limit: LimitName;
  /** Parameters of the path, where `before` wants them. */
  readonly params?: Params;
  /** What has to be so for the page to be shown: throws where it is not, and answers an address where the reader is to go on at once. */
  readonly before?: (params: z.output<Params>, context: HttpContext) => Promise<string | undefined>;
  readonly render: (context: HttpContext) => string;
};

/** The route of such a page; it is kept by no cache, because what is drawn depends on who looks. */
export function shellPage<Params extends z.ZodType = z.ZodType>({
  path,
  summary,
  limit,
  params,
  before,
  render,
}: ShellPage<Params>): Route {
  return route(
    {
      method: 'get',
      path,
      summary,
      auth: 'none',
      headers: 'page',
      limit,
      hidden: true,
      ...(params && { params }),
      responses: { 200: { description: 'The page.' }, 303: { description: 'It goes on elsewhere.' } },
    },
    async (input) => {
      const address = await before?.(input.params, input.context);
      if (address !== undefined) return { status: 303, headers: { Location: address, 'Cache-Control': 'no-store' } };
      const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
      return { status: 200, headers, body: render(input.context) };
    },
  );
}
