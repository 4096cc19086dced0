/** Somebody's session at the homeserver, in this browser. */
export type MatrixSession = {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
};

/** Where it is kept. */
export const SESSION_KEY = 'smoope.matrix-session';

const isSession = (value: unknown): value is MatrixSession =>
  typeof value === 'object' &&
  value !== null &&
  ['userId', 'deviceId', 'accessToken'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');

/** The session of this browser; undefined where nobody is signed in, or where the browser keeps nothing. */
export function findSession(storage: Pick<Storage, 'getItem'> = localStorage): MatrixSession | undefined {
  try {
    const kept: unknown = JSON.parse(storage.getItem(SESSION_KEY) ?? 'null');
    return isSession(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a session until it is signed out; throws where the browser keeps nothing. */
export const keepSession = (session: MatrixSession, storage: Pick<Storage, 'setItem'> = localStorage): void =>
  storage.setItem(SESSION_KEY, JSON.stringify(session));

/** Forgets it. */
export const forgetSession = (storage: Pick<Storage, 'removeItem'> = localStorage): void => storage.removeItem(SESSION_KEY);
