import { endApiSession } from '../api/api-session.ts';
import { ownAccount } from '../account/own-account-data.ts';
import { endSession } from './end-session.ts';
import type { Opened } from './opened-matrix.ts';

/** How long the server may take to hear of it before this browser goes on without, in milliseconds. */
const PATIENCE_MS = 10_000;

const soon = <Answer>(work: Promise<Answer>): Promise<Answer> =>
  Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
    }),
  ]);

/**
 * Signs out of this browser: our API first, which asks the homeserver whether the session is good; then the homeserver, and the account,
 * or the next sign-in here would need nothing; then what is kept, in all tabs.
 */
export async function signOut({ matrix }: Opened): Promise<void> {
  const { client } = matrix;
  matrix.stop();
  await soon(endApiSession()).catch(() => undefined);
  const isHeard = await soon(client.logout()).then(
    () => true,
    () => false,
  );
  await soon(ownAccount.signOut()).catch(() => undefined);
  await endSession(isHeard ? 'here' : 'unheard');
}
