import { randomBytes } from 'node:crypto';
import { createFacebook } from '../../appservice/networks/facebook.ts';
import { NetworkFailure, type Network, type NetworkSecrets } from '../../appservice/networks/network.ts';
import { FACEBOOK_APP, type FakeFacebook } from '../stubs/facebook.ts';

/** Origin under which the tests are reached. */
export const ORIGIN = 'http://localhost:8090';

/** Address to which a network sends people back. */
export const callbackOf = (name: string): string => `${ORIGIN}/account/networks/${name}/callback`;

/** Facebook as it is set up, asking the stub. */
export const facebookOf = (stub: FakeFacebook, changes: { appSecret?: string; graphOrigin?: string } = {}): Network =>
  createFacebook(
    {
      adapter: 'facebook',
      ...FACEBOOK_APP,
      dialogOrigin: stub.origin,
      graphOrigin: stub.origin,
      location: { operator: 'Facebook of the tests', country: 'IE' },
      ...changes,
    },
    { timeoutMs: 400 },
  );

/** What binds a visit to its answer. */
export const newSecrets = (): NetworkSecrets => ({
  state: randomBytes(16).toString('base64url'),
  nonce: randomBytes(16).toString('base64url'),
  verifier: randomBytes(32).toString('base64url'),
});

/** Where somebody goes, with what has to come back. */
export async function leave(
  network: Network,
  { asksAgain = false, asksFor = 'profile' }: { asksAgain?: boolean; asksFor?: 'profile' | 'id' } = {},
): Promise<{ address: URL; secrets: NetworkSecrets }> {
  const secrets = newSecrets();
  return { address: await network.leaveFor({ ...secrets, redirectUri: callbackOf(network.name), asksFor, asksAgain }), secrets };
}

/** What was wrong, as `problem code`. */
export async function failureOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof NetworkFailure) return `${error.problem} ${error.code}`;
    throw error;
  }
  return 'nothing';
}
