import { findSession, keepSession, type MatrixSession } from './matrix-session.ts';

/** Says in this tab that a sign-in was begun here: a token that somebody else sends in a link would sign people in as that somebody. */
const BEGUN = 'smoope.sign-in';

/** Goes to the sign-in, which comes back to `back` with a token (https://spec.matrix.org/v1.15/client-server-api/#client-login-via-sso). */
export function beginSignIn(back: string): void {
  sessionStorage.setItem(BEGUN, '1');
  location.assign(`/account/sign-in?to=${encodeURIComponent(back)}`);
}

function wasBegun(): boolean {
  const begun = sessionStorage.getItem(BEGUN) !== null;
  sessionStorage.removeItem(BEGUN);
  return begun;
}

type LoginAnswer = { user_id: string; device_id: string; access_token: string };

/** What the session is called in the list of somebody's devices. */
function deviceName(): string {
  const mobile = /Android|iPhone|iPad/.exec(navigator.userAgent)?.[0];
  return mobile === undefined ? 'Web' : `Web, ${mobile}`;
}

/** Exchanges the token of a sign-in for a session. Throws where the homeserver takes it no more: it is good for one use and some minutes. */
async function exchange(homeserverUrl: string, token: string): Promise<MatrixSession> {
  const response = await fetch(new URL('/_matrix/client/v3/login', homeserverUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'm.login.token', token, initial_device_display_name: deviceName() }),
  });
  if (!response.ok) throw new Error('the token was refused');
  const { user_id: userId, device_id: deviceId, access_token: accessToken } = (await response.json()) as LoginAnswer;
  return { userId, deviceId, accessToken };
}

/**
 * The session of this browser, after the way back from a sign-in has been gone to its end: its token leaves the address before anything
 * else is done with it. Undefined where nobody is signed in.
 */
export async function completeSignIn(homeserverUrl: string): Promise<MatrixSession | undefined> {
  const address = new URL(location.href);
  const token = address.searchParams.get('loginToken');
  if (token === null) return findSession();
  address.searchParams.delete('loginToken');
  history.replaceState(history.state, '', address);
  const present = findSession();
  if (!wasBegun() || present !== undefined) return present;
  const session = await exchange(homeserverUrl, token);
  keepSession(session);
  return session;
}
