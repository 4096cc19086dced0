import { startMatrix, type Matrix } from '../matrix/matrix.ts';
import { pageData } from '../page-data.ts';
import { startWorker } from '../service-worker/worker-port.ts';
import { endSession, endWithOthers, wipeBrowser } from './end-session.ts';
import type { MatrixSession } from './matrix-session.ts';
import { completeSignIn } from './sign-in.ts';

/** Somebody who is signed in, and their Matrix. */
export type Opened = { readonly session: MatrixSession; readonly matrix: Matrix };

let opening: Promise<Opened | undefined> | undefined;

async function open(): Promise<Opened | undefined> {
  const { homeserverUrl } = pageData();
  const session = await completeSignIn(homeserverUrl);
  if (session === undefined) {
    // What somebody left behind whose session went another way.
    await wipeBrowser();
    return undefined;
  }
  void startWorker(homeserverUrl, session.accessToken);
  const matrix = await startMatrix(session, homeserverUrl, () => void endSession('elsewhere'));
  endWithOthers(() => matrix.stop());
  return { session, matrix };
}

/** The Matrix of whoever is signed in, one for all views of the page; undefined where nobody is. Throws where it could not be opened; another call tries again. */
export function openMatrix(): Promise<Opened | undefined> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}
