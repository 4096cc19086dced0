import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId, PersonId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { AddToOutbox, OutboxEntry } from '../matrix/outbox-store.ts';
import { createAccountPictureStore, type AccountPicture } from './account-picture-store.ts';
import type { ProfileChange } from './profile-wire.ts';

/** What an account says of its owner. */
export type Profile = {
  readonly personId: PersonId;
  readonly firstName: string;
  readonly lastName: string;
  readonly alias: string | null;
  /** Language in which the person is answered (BCP 47). */
  readonly locale: string;
};

/** A picture as it is kept. */
export type PreparedPicture = { readonly bytes: Buffer; readonly type: string };

type Dependencies = {
  readonly database: Database;
  readonly addToOutbox: AddToOutbox;
  readonly profiles: {
    find(on: Database, id: AccountId): Promise<Profile | undefined>;
    /** Holds off others who lock the account, until the transaction ends. */
    lock(on: Database, id: AccountId): Promise<void>;
    rename(on: Database, id: AccountId, names: Pick<Profile, 'firstName' | 'lastName' | 'alias'>): Promise<void>;
    setLocale(on: Database, id: PersonId, locale: string): Promise<void>;
  };
  /** What people see of the names. */
  readonly displayNameOf: (names: Pick<Profile, 'firstName' | 'alias'>) => string;
  readonly pictures: {
    /** Makes a picture anew from its pixels and has it scanned; throws COM_SMOOPE_MEDIA_TYPE, M_TOO_LARGE, COM_SMOOPE_MEDIA_INFECTED. */
    prepare(bytes: Buffer): Promise<PreparedPicture>;
    /** Takes an address for a file that is uploaded next. */
    reserve(): Promise<string>;
    upload(mxc: string, picture: PreparedPicture): Promise<void>;
    /** Octets of a picture; undefined when it is gone. */
    read(mxc: string): Promise<Buffer | undefined>;
  };
  readonly log: Logger;
  readonly now: () => Date;
};

/** Uploads that broke off and that one look takes away. */
const BATCH = 200;

const gone = (): ApiError => new ApiError('M_UNKNOWN_TOKEN', 'This account is gone.');

/** What a person says of themselves: corrected here, and carried to Matrix by the outbox (GDPR article 16). */
export function createProfileService({ database, addToOutbox, profiles, displayNameOf, pictures, log, now }: Dependencies) {
  const publish = (accountId: AccountId): OutboxEntry => ({ lane: accountId, action: 'publishProfile', payload: { accountId } });
  // In the lane of the account: the old file goes when nobody is shown its address any more.
  const deletion =
    (lane: string) =>
    (mxc: string): OutboxEntry => ({ lane, action: 'deleteMedia', payload: { mxc } });

  async function get(on: Database, id: AccountId): Promise<Profile> {
    const profile = await profiles.find(on, id);
    if (profile === undefined) throw gone();
    return profile;
  }

  async function drop(mxc: string): Promise<void> {
    await inTransaction(database, async (transaction) => {
      const removed = await createAccountPictureStore(transaction).remove(mxc);
      await addToOutbox(transaction, removed.map(deletion(mxc)));
    });
  }

  return {
    get: (id: AccountId): Promise<Profile> => get(database, id),
    findPicture: (id: AccountId): Promise<AccountPicture | undefined> => createAccountPictureStore(database).findShown(id),
    /** Octets of the picture with their type; throws M_NOT_FOUND where there is none. */
    async readPicture(id: AccountId): Promise<PreparedPicture> {
      const picture = await createAccountPictureStore(database).findShown(id);
      const bytes = picture === undefined ? undefined : await pictures.read(picture.mxc);
      if (picture === undefined || bytes === undefined) throw new ApiError('M_NOT_FOUND', 'There is no picture.');
      return { bytes, type: picture.type };
    },
    /** Corrects names, alias and language. */
    change: (id: AccountId, { locale, ...names }: ProfileChange): Promise<void> =>
      inTransaction(database, async (transaction) => {
        await profiles.lock(transaction, id);
        const before = await get(transaction, id);
        await profiles.rename(transaction, id, names);
        await profiles.setLocale(transaction, before.personId, locale);
        if (displayNameOf(names) !== displayNameOf(before)) await addToOutbox(transaction, [publish(id)]);
      }),
    /** Shows a picture in place of the one before, which is deleted. Nothing is kept of one that is refused. */
    async setPicture(id: AccountId, read: () => Promise<Buffer>): Promise<void> {
      const picture = await pictures.prepare(await read());
      const mxc = await pictures.reserve();
      // The row first: whatever happens to the upload, the file is known and goes again.
      await createAccountPictureStore(database).add({ mxc, accountId: id, type: picture.type }, now());
      try {
        await pictures.upload(mxc, picture);
        await inTransaction(database, async (transaction) => {
          await profiles.lock(transaction, id);
          const store = createAccountPictureStore(transaction);
          const former = await store.removeShown(id);
          if (!(await store.show(mxc, now()))) throw gone();
          await addToOutbox(transaction, [publish(id), ...former.map(deletion(id))]);
        });
      } catch (cause) {
        await drop(mxc).catch((error: unknown) => log.warn('picture_left_behind', {}, error));
        throw cause;
      }
      log.info('picture_set', { bytes: picture.bytes.length });
    },
    /** Takes the picture away; nothing happens where there is none. */
    removePicture: (id: AccountId): Promise<void> =>
      inTransaction(database, async (transaction) => {
        await profiles.lock(transaction, id);
        const former = await createAccountPictureStore(transaction).removeShown(id);
        if (former.length > 0) await addToOutbox(transaction, [publish(id), ...former.map(deletion(id))]);
      }),
    /** Deletes pictures whose upload broke off before a time. */
    async deleteLeftBehind(before: Date): Promise<void> {
      for (const mxc of await createAccountPictureStore(database).listLeftBehind(before, BATCH)) await drop(mxc);
    },
  };
}

/** See `createProfileService`. */
export type ProfileService = ReturnType<typeof createProfileService>;
