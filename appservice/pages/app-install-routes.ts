import sharp from 'sharp';
import { z } from 'zod';
import { localeOf } from '../http/page-locale.ts';
import { route, type Route } from '../http/route.ts';

/** What is needed to install the web client as an app. */
export type AppInstallParts = {
  /** The manifest in a language. */
  readonly manifest: (locale: string) => object;
  /** The icon as SVG. */
  readonly icon: (shape: 'free' | 'full') => string;
};

/** Names of the icons with their width in pixels; `180` is the one that iOS puts on its home screen. */
const ICONS = { '180': [180, 'full'], '192': [192, 'free'], '512': [512, 'free'], '512-full': [512, 'full'] } as const;

type IconName = keyof typeof ICONS;

const DAY = 'public, max-age=86400';

/** The manifest of the app in the reader's language, and its icons, drawn in the colours of the brand. */
export function appInstallRoutes({ manifest, icon }: AppInstallParts): Route[] {
  const drawn = new Map<IconName, Promise<Buffer>>();

  function draw(name: IconName): Promise<Buffer> {
    const [size, shape] = ICONS[name];
    const present =
      drawn.get(name) ??
      sharp(Buffer.from(icon(shape)), { density: size * 3 })
        .resize(size, size)
        .png()
        .toBuffer();
    drawn.set(name, present);
    return present;
  }

  return [
    route(
      {
        method: 'get',
        path: '/manifest.webmanifest',
        summary: 'What a browser needs to install the app.',
        auth: 'none',
        headers: 'asset',
        hidden: true,
        responses: { 200: { description: 'The manifest.' } },
      },
      ({ context }) => ({
        status: 200,
        headers: { 'Content-Type': 'application/manifest+json; charset=utf-8', 'Cache-Control': 'no-cache', Vary: 'Accept-Language' },
        body: JSON.stringify(manifest(localeOf(context))),
      }),
    ),
    route(
      {
        method: 'get',
        path: '/app-icon/:file',
        summary: 'An icon of the app.',
        auth: 'none',
        headers: 'asset',
        hidden: true,
        params: z.object({ file: z.enum(Object.keys(ICONS).map((name) => `${name}.png`) as [string]) }),
        responses: { 200: { description: 'The icon, PNG.' } },
      },
      async ({ params }) => ({
        status: 200,
        headers: { 'Content-Type': 'image/png', 'Cache-Control': DAY },
        body: await draw(params.file.replace('.png', '') as IconName),
      }),
    ),
  ];
}
