import type { Database } from '../database/database.ts';
import type { IdentityId, UserId } from '../ids.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import { createVerifiedIdentityStore } from './verified-identity-store.ts';

type Dependencies = {
  readonly database: Database;
  readonly setProfile: (userId: UserId, profile: { displayName: string; avatarMxc: string | null }) => Promise<void>;
};

/** Brings the name of a verified user to Matrix; one who is gone meanwhile has none. */
export function createIdentityOutbox({ database, setProfile }: Dependencies): Pick<OutboxHandlers, 'publishName'> {
  return {
    async publishName({ identityId }: { identityId: IdentityId }) {
      const identity = await createVerifiedIdentityStore(database).find(identityId);
      if (identity === undefined || identity.person === null || identity.name === null) return;
      await setProfile(identity.person.userId, { displayName: identity.name, avatarMxc: null });
    },
  };
}
