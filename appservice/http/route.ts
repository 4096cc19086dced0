import { z } from 'zod';
import type { AuthKind, Authenticators, AuthTypes } from './auth.ts';
import type { HttpContext } from './context.ts';
import { decode } from './decode.ts';
import { readJson } from './json-body.ts';
import type { LimitName } from './rate-limit.ts';
import type { HeaderClass } from './security-headers.ts';

/** One answer a route may give: what it means and, for JSON, its schema; `isFile` for octets. Errors are the same everywhere and stand not here. */
export type ResponseDeclaration = { description: string; schema?: z.ZodType; isFile?: boolean };

/** What a route says about itself; the router and the OpenAPI document are both made from it. */
export type RouteDeclaration<
  Auth extends AuthKind = AuthKind,
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Responses extends Record<number, ResponseDeclaration> = Record<number, ResponseDeclaration>,
> = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Path with `:name` for parameters; the template stands in log and metrics. */
  path: string;
  /** One sentence for the API reference. */
  summary: string;
  /** Who may ask. */
  auth: Auth;
  /**
   * For what changes something and asks for nobody in particular (`auth: 'none'`): why it does no harm when a page of another site lets
   * somebody's browser ask. Such a route without this sentence is not taken.
   */
  fromAnywhere?: string;
  /** Parameters of the path; a route without schema sees none. */
  params?: Params;
  /** Parameters of the query; they arrive as strings, so numbers are coerced. */
  query?: Query;
  /** JSON body. */
  body?: Body;
  /** Largest body in bytes; 64 kB where nothing is said. */
  bodyLimit?: number;
  /** What the body is where it is a file in place of JSON; the handler reads it. */
  fileBody?: string;
  /** Answers by status. */
  responses: Responses;
  /** Which rate limit counts a request; none where nothing is said. */
  limit?: LimitName;
  /** Which security headers the answer has; `api` where nothing is said. */
  headers?: HeaderClass;
  /** Left out of the API reference: pages, and what only the homeserver calls. */
  hidden?: boolean;
};

/** The decoded request as a handler sees it. `context` is for what is not data: opening a stream, the caller's address. */
export type RouteInput<Auth extends AuthKind, Params, Query, Body> = {
  auth: AuthTypes[Auth];
  params: Params;
  query: Query;
  body: Body;
  context: HttpContext;
};

/** Returned by a handler that answers by itself (an event stream). */
export const TAKEN_OVER = Symbol('answered by the handler');

type BodyOf<Response> = Response extends { schema: infer Schema extends z.ZodType } ? { body: z.input<Schema> } : { body?: unknown };

/** What a handler returns: one of the declared statuses with the body declared for it; without schema a string, buffer or stream. */
export type Answer<Responses> =
  | { [Status in keyof Responses]: { status: Status; headers?: Record<string, string> } & BodyOf<Responses[Status]> }[keyof Responses]
  | typeof TAKEN_OVER;

/** An answer whose types were checked where the route was declared. */
export type PlainAnswer = { status: number; body?: unknown; headers?: Record<string, string> };

/** Throws where somebody who is known by now asks too often. */
export type Admit = (auth: AuthTypes[AuthKind]) => Promise<void>;

/** A declared route with its handler. */
export type Route = {
  declaration: RouteDeclaration;
  /** Authenticates, asks `admit` whether who asks may go on, decodes, handles; throws `ApiError`. */
  run: (context: HttpContext, authenticators: Authenticators, admit: Admit) => Promise<PlainAnswer | typeof TAKEN_OVER>;
};

const nothing = z.object({});
type Nothing = typeof nothing;

/**
 * Declares a route: a handler receives decoded, typed input and returns a declared answer.
 * Unknown query parameters are ignored. Throws for a route that any page could call and that does not say why. A JSON answer passes its schema on the way out: a field that is not declared does not leave the system.
 */
export function route<
  Auth extends AuthKind,
  const Responses extends Record<number, ResponseDeclaration>,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(
  declaration: RouteDeclaration<Auth, Params, Query, Body, Responses>,
  handle: (input: RouteInput<Auth, z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<Answer<Responses>> | Answer<Responses>,
): Route {
  const { method, path, auth: asked, fromAnywhere } = declaration;
  if (method !== 'get' && asked === 'none' && fromAnywhere === undefined) {
    throw new Error(`${method} ${path} must be for pages of ours ("page"), or say in "fromAnywhere" why any page may call it`);
  }
  return { declaration, run };

  async function run(context: HttpContext, authenticators: Authenticators, admit: Admit): Promise<PlainAnswer | typeof TAKEN_OVER> {
    const auth = await authenticators[declaration.auth](context);
    await admit(auth);
    const { params = nothing, query = nothing, body = nothing } = declaration;
    const json =
      declaration.body === undefined
        ? {}
        : await readJson(context, { limit: declaration.bodyLimit, dropPrototypeKeys: declaration.auth === 'homeserver' });
    // The casts say what the declaration guarantees and the compiler cannot follow through optional schemas.
    const answer = (await handle({
      auth,
      params: decode(params, context['params'] ?? {}, 'params') as z.output<Params>,
      query: decode(query, { ...context.query }, 'query') as z.output<Query>,
      body: decode(body, json, 'body') as z.output<Body>,
      context,
    })) as PlainAnswer | typeof TAKEN_OVER;
    if (answer === TAKEN_OVER) return answer;
    const schema = declaration.responses[answer.status]?.schema;
    return schema === undefined ? answer : { ...answer, body: schema.parse(answer.body) };
  }
}
