import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../appservice/config.ts';
import type { Secrets } from '../appservice/secrets.ts';
import { saveAdminToken } from './secrets.ts';

const LOCALPART = 'smoope-admin';
const TIMEOUT_MS = 30_000;

const nonceSchema = z.object({ nonce: z.string().min(1) });
const whoamiSchema = z.object({ user_id: z.string() });
const registeredSchema = z.object({ access_token: z.string().min(16), user_id: z.string() });
const refusedSchema = z.object({ errcode: z.string() });
const usersSchema = z.object({ users: z.array(z.object({ name: z.string(), deactivated: z.union([z.boolean(), z.number()]) })) });

type Call = { readonly token?: string; readonly method?: 'GET' | 'POST'; readonly body?: unknown };

async function call(
  homeserverUrl: string,
  path: string,
  { token, method = 'GET', body }: Call,
): Promise<{ status: number; data: unknown }> {
  const response = await fetch(`${homeserverUrl}${path}`, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status >= 500) throw new Error(`Synapse answered ${response.status} to ${path}`);
  return { status: response.status, data: await response.json() };
}

/** Whether the token is one of a server administrator. */
async function works(homeserverUrl: string, token: string): Promise<boolean> {
  const { status, data } = await call(homeserverUrl, '/_matrix/client/v3/account/whoami', { token });
  if (status !== 200) return false;
  const userId = encodeURIComponent(whoamiSchema.parse(data).user_id);
  return (await call(homeserverUrl, `/_synapse/admin/v1/users/${userId}/admin`, { token })).status === 200;
}

/** https://element-hq.github.io/synapse/latest/admin_api/register_api.html; undefined where the name is taken. */
async function register(homeserverUrl: string, sharedSecret: string, username: string) {
  const path = '/_synapse/admin/v1/register';
  const { nonce } = nonceSchema.parse((await call(homeserverUrl, path, {})).data);
  // Nobody ever signs in with it: the account lives by its token.
  const password = randomBytes(32).toString('base64url');
  const mac = createHmac('sha1', sharedSecret).update([nonce, username, password, 'admin'].join('\0')).digest('hex');
  const body = { nonce, username, password, admin: true, mac };
  const { status, data } = await call(homeserverUrl, path, { method: 'POST', body });
  if (status === 200) return registeredSchema.parse(data);
  const { errcode } = refusedSchema.parse(data);
  if (errcode === 'M_USER_IN_USE') return undefined;
  throw new Error(`Synapse refused the server-admin account: ${errcode}. Does it run with the registration secret of the secrets file?`);
}

/** Earlier accounts of ours, whose tokens are lost or withdrawn, must not stay administrators. */
async function closeEarlierAccounts(homeserverUrl: string, token: string, current: string): Promise<void> {
  const { data } = await call(homeserverUrl, `/_synapse/admin/v2/users?admins=true&limit=1000&user_id=${LOCALPART}`, { token });
  for (const { name } of usersSchema.parse(data).users) {
    if (name === current || !name.startsWith(`@${LOCALPART}`)) continue;
    await call(homeserverUrl, `/_synapse/admin/v1/deactivate/${encodeURIComponent(name)}`, {
      token,
      method: 'POST',
      body: { erase: true },
    });
  }
}

/**
 * Makes sure that the secrets hold a token of a server administrator that works, and returns them with it. A lost or withdrawn
 * token is replaced by a new account, because nobody signs in with a password; the old one is closed. Nothing is printed.
 */
export async function ensureAdminAccount(config: Config, secretsFile: string, secrets: Secrets): Promise<Secrets> {
  const { url } = config.homeserver;
  if (secrets.adminToken !== undefined && (await works(url, secrets.adminToken))) return secrets;
  const account =
    (await register(url, secrets.registrationSharedSecret, LOCALPART)) ??
    (await register(url, secrets.registrationSharedSecret, `${LOCALPART}-${randomBytes(4).toString('hex')}`));
  if (account === undefined) throw new Error('Synapse knows each name for the server-admin account already');
  const saved = saveAdminToken(secretsFile, account.access_token);
  await closeEarlierAccounts(url, account.access_token, account.user_id);
  // Admin calls come in bursts (an erasure); the limits are for people.
  const path = `/_synapse/admin/v1/users/${encodeURIComponent(account.user_id)}/override_ratelimit`;
  await call(url, path, { token: account.access_token, method: 'POST', body: { messages_per_second: 0, burst_count: 0 } });
  return saved;
}
