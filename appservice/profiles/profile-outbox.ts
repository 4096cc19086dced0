import type { AccountId, UserId } from '../ids.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';

type Dependencies = {
  /** What people are to see of an account now, and all Matrix ids of its owner at our homeserver; undefined where the account is gone. */
  readonly findShown: (
    id: AccountId,
  ) => Promise<{ readonly displayName: string; readonly avatarMxc: string | null; readonly userIds: readonly UserId[] } | undefined>;
  /** Sets what a Matrix user is called and looks like, in every room; nothing where the homeserver does not know the user. */
  readonly show: (userId: UserId, profile: { displayName: string; avatarMxc: string }) => Promise<void>;
};

/** Brings name and picture to Matrix as the rows have them now: to the account, and to the ghosts that its owner wrote by before. */
export function createProfileOutbox({ findShown, show }: Dependencies): Pick<OutboxHandlers, 'publishProfile'> {
  return {
    async publishProfile({ accountId }) {
      const shown = await findShown(accountId);
      if (shown === undefined) return;
      const { displayName, avatarMxc, userIds } = shown;
      for (const userId of userIds) await show(userId, { displayName, avatarMxc: avatarMxc ?? '' });
    },
  };
}
