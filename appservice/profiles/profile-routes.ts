import { createHash } from 'node:crypto';
import type { HttpContext } from '../http/context.ts';
import { readOctets } from '../http/octet-body.ts';
import { route, type Route } from '../http/route.ts';
import { shellPage } from '../http/shell-page.ts';
import type { AccountPicture } from './account-picture-store.ts';
import type { Profile, ProfileService } from './profile-service.ts';
import { profileChangeSchema, profileSchema, type ProfileView } from './profile-wire.ts';

/** Most octets of a picture as it arrives: a photo of a phone fits. */
export const PICTURE_LIMIT = 10 * 1024 * 1024;

type Dependencies = {
  readonly profiles: ProfileService;
  readonly displayNameOf: (names: Pick<Profile, 'firstName' | 'alias'>) => string;
  /** Takes memory for octets that arrive, for one account at a time; throws M_LIMIT_EXCEEDED where there is none. */
  readonly hold: <Result>(id: string, octets: number, work: () => Promise<Result>) => Promise<Result>;
  /** A page whose content the browser draws by its address. */
  readonly renderShell: (context: HttpContext) => string;
};

const PICTURE_PATH = '/api/v1/account/profile/picture';

// The address of the file at the homeserver is nobody's business; a browser must only see that it is another one.
const addressOf = ({ mxc }: AccountPicture): string =>
  `${PICTURE_PATH}?v=${createHash('sha256').update(mxc).digest('base64url').slice(0, 12)}`;

/** Somebody's own profile: names, alias, language and picture. */
export function profileRoutes({ profiles, displayNameOf, hold, renderShell }: Dependencies): Route[] {
  async function view(id: Parameters<ProfileService['get']>[0]): Promise<ProfileView> {
    const { firstName, lastName, alias, locale } = await profiles.get(id);
    const picture = await profiles.findPicture(id);
    return {
      firstName,
      lastName,
      alias,
      locale: /^de\b/i.test(locale) ? 'de' : 'en',
      displayName: displayNameOf({ firstName, alias }),
      picture: picture === undefined ? null : addressOf(picture),
    };
  }

  return [
    shellPage({ path: '/account/profile', summary: 'Page of the profile of an account.', limit: 'browse', render: renderShell }),
    route(
      {
        method: 'get',
        path: '/api/v1/account/profile',
        summary: 'What you say of yourself, and what companies see of it.',
        auth: 'account',
        responses: { 200: { description: 'The profile.', schema: profileSchema } },
      },
      async ({ auth }) => ({ status: 200, body: await view(auth.accountId) }),
    ),
    route(
      {
        method: 'put',
        path: '/api/v1/account/profile',
        summary: 'Corrects names, alias and language; companies see the new name in every conversation.',
        auth: 'account',
        body: profileChangeSchema,
        limit: 'prove',
        responses: { 200: { description: 'The profile.', schema: profileSchema } },
      },
      async ({ auth, body }) => {
        await profiles.change(auth.accountId, body);
        return { status: 200, body: await view(auth.accountId) };
      },
    ),
    route(
      {
        method: 'get',
        path: PICTURE_PATH,
        summary: 'Your picture.',
        auth: 'account',
        limit: 'browse',
        responses: { 200: { description: 'The picture: JPEG or PNG.', isFile: true } },
      },
      async ({ auth }) => {
        const { bytes, type } = await profiles.readPicture(auth.accountId);
        return { status: 200, headers: { 'Content-Type': type, 'Content-Disposition': 'inline' }, body: bytes };
      },
    ),
    route(
      {
        method: 'put',
        path: PICTURE_PATH,
        summary: 'Shows a picture of you to the companies that you write to, in place of the one before.',
        auth: 'account',
        fileBody: `A JPEG, PNG or WebP picture, at most ${PICTURE_LIMIT} octets. It is cut to a square and made anew without metadata.`,
        limit: 'upload',
        responses: { 200: { description: 'The profile.', schema: profileSchema } },
      },
      async ({ auth, context }) => {
        const announced = Number(context.get('content-length'));
        const octets = announced > 0 ? Math.min(announced, PICTURE_LIMIT) : PICTURE_LIMIT;
        await hold(auth.accountId, octets, () => profiles.setPicture(auth.accountId, () => readOctets(context, PICTURE_LIMIT)));
        return { status: 200, body: await view(auth.accountId) };
      },
    ),
    route(
      {
        method: 'delete',
        path: PICTURE_PATH,
        summary: 'Takes your picture away and deletes it.',
        auth: 'account',
        limit: 'prove',
        responses: { 204: { description: 'It is taken away.' } },
      },
      async ({ auth }) => {
        await profiles.removePicture(auth.accountId);
        return { status: 204 };
      },
    ),
  ];
}
