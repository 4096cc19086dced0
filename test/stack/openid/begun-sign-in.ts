import type { FromNetwork, NetworkAnswer } from '../from-network.ts';
import type { StackAccess } from '../stack-access.ts';

/** A sign-in that somebody has begun and not finished. */
export type BegunSignIn = {
  /** Sends something below the sign-in, as a page of ours does. */
  ask(path: string, body: unknown): Promise<NetworkAnswer>;
};

const locationOf = ({ status, headers }: NetworkAnswer): string => {
  if (typeof headers['location'] !== 'string') throw new Error(`an answer ${status} that leads nowhere`);
  return headers['location'];
};

/** A sign-in at the page to which the provider's answer leads. */
export function signInAt({ appUrl }: StackAccess, ask: FromNetwork, atProvider: NetworkAnswer): BegunSignIn {
  const page = new URL(locationOf(atProvider), appUrl).pathname;
  const set = atProvider.headers['set-cookie'];
  const cookie = (Array.isArray(set) ? set : []).map((line: string) => line.split(';')[0]).join('; ');
  return {
    ask: (path, body) => ask(`${appUrl}${page}/${path}`, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body }),
  };
}

/** Comes from the homeserver's sign-in to the page on which somebody proves who they are. */
export async function beginSignIn(stack: StackAccess, ask: FromNetwork): Promise<BegunSignIn> {
  const back = encodeURIComponent(`${stack.config.publicOrigin}/`);
  const start = `${stack.config.homeserver.publicUrl}/_matrix/client/v3/login/sso/redirect/oidc-smoope?redirectUrl=${back}`;
  return signInAt(stack, ask, await ask(locationOf(await ask(start))));
}
