import { createAccountStore } from './accounts/account-store.ts';
import { displayNameOf } from './accounts/account.ts';
import { createUnusedAccounts } from './accounts/unused-accounts.ts';
import type { Accounts } from './app-accounts.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { Media } from './app-media.ts';
import type { HttpContext } from './http/context.ts';
import type { AccountId } from './ids.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { detectType } from './media/detect-type.ts';
import { renewPortrait } from './media/picture.ts';
import { createPersonStore } from './persons/person-store.ts';
import { createProfileOutbox } from './profiles/profile-outbox.ts';
import { profileRoutes } from './profiles/profile-routes.ts';
import { createProfileService } from './profiles/profile-service.ts';
import { createTurns } from './turns.ts';

const DAY_MS = 86_400_000;

/** Most octets of a picture that was made anew: of a square of 512 pixels, whatever is on it. */
const KEPT_LIMIT = 2 * 1024 * 1024;

/** The homeserver allows one user few uploads under way; the service's own user uploads for all. */
const UPLOADS_AT_ONCE = 2;

/** What of the connections is needed. */
type Reached = Pick<Connections, 'database' | 'names'> & {
  readonly ghosts: Pick<Connections['ghosts'], 'setProfile'>;
  readonly conversationMedia: Pick<Connections['conversationMedia'], 'reserve' | 'upload'>;
  readonly media: Pick<Connections['media'], 'read'>;
};

type Neighbours = {
  readonly renderShell: (context: HttpContext) => string;
  /** Begins the erasure of a whole profile. */
  readonly requestErasure: (id: AccountId) => Promise<void>;
};

/** What people say of themselves, and the end of accounts that nobody uses. */
export function wireProfiles(
  { config, log: rootLog }: AppSettings,
  { database, names, ghosts, conversationMedia, media: homeserverMedia }: Reached,
  { accounts, means }: Pick<Accounts, 'accounts' | 'means'>,
  media: Pick<Media, 'checkUpload' | 'space'>,
  { renderShell, requestErasure }: Neighbours,
) {
  const log = rootLog.child('profiles');
  const now = () => new Date();
  // Not as the person: the service may not act as a Matrix user that is theirs.
  const uploader = { userId: names.sender };
  const inTurn = createTurns(UPLOADS_AT_ONCE);

  const profiles = createProfileService({
    database,
    addToOutbox,
    profiles: {
      find: (on, id) => createAccountStore(on).find(id),
      lock: (on, id) => createAccountStore(on).lock(id),
      rename: (on, id, given) => createAccountStore(on).rename(id, given),
      setLocale: (on, id, locale) => createPersonStore(on).setLocale(id, locale),
    },
    displayNameOf,
    pictures: {
      async prepare(bytes) {
        const picture = await renewPortrait(bytes, await detectType(bytes));
        await media.checkUpload(picture.bytes);
        return picture;
      },
      reserve: () => conversationMedia.reserve(uploader),
      upload: (mxc, picture) => inTurn(() => conversationMedia.upload(uploader, mxc, picture)),
      read: (mxc) => homeserverMedia.read(uploader, mxc, KEPT_LIMIT),
    },
    log,
    now,
  });

  const unused = createUnusedAccounts({
    database,
    months: config.accounts.unusedMonths,
    async lastMatrixUse(id) {
      const seen = (await means.devices.list(accounts.userIdOf(id))).map(({ lastSeenAt }) => lastSeenAt ?? 0);
      return seen.length === 0 ? null : new Date(Math.max(...seen));
    },
    tell: means.notices.tell,
    close: means.restrictions.close,
    requestErasure,
    log,
    now,
  });

  return {
    routes: profileRoutes({ profiles, displayNameOf, hold: media.space.hold, renderShell }),
    outbox: createProfileOutbox({
      async findShown(id) {
        const account = await createAccountStore(database).find(id);
        if (account === undefined) return undefined;
        const userIds = (await createPersonStore(database).listUserIds(account.personId)).filter(names.isLocal);
        const picture = await profiles.findPicture(id);
        return { displayName: displayNameOf(account), avatarMxc: picture?.mxc ?? null, userIds };
      },
      show: ghosts.setProfile,
    }),
    async housekeep(): Promise<void> {
      await profiles.deleteLeftBehind(new Date(now().getTime() - DAY_MS));
      await unused.housekeep();
    },
  };
}

/** See `wireProfiles`. */
export type ProfileParts = ReturnType<typeof wireProfiles>;
