import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Config } from '../../appservice/config.ts';
import { externalId } from '../../appservice/matrix/identity.ts';
import type { OperatorApi } from './demo-company.ts';

const accountSchema = z.object({ id: z.string(), userId: z.string() });

/** Somebody who answers for the demo company; signs in like everybody, by a code to their number. */
export type DemoAgent = { readonly userId: string };

/** Number of the demo agent: one that is kept free for films and rings nowhere. */
export const DEMO_NUMBER = '+491713920012';

const FIRST_NAME = 'Dana';

/** Makes the demo agent's account at the first start, and its Matrix user, so that the company can invite it before it signs in. */
export async function ensureDemoAgent(api: OperatorApi, config: Config, adminToken: string): Promise<DemoAgent> {
  const body = { firstName: FIRST_NAME, lastName: 'Demo', phone: DEMO_NUMBER };
  const account = await api.call('POST', '/api/v1/operator/trial-accounts', accountSchema, body);
  if (account === undefined) throw new Error('the appservice makes no accounts for trials');
  const url = `${config.homeserver.url}/_synapse/admin/v2/users/${encodeURIComponent(account.userId)}`;
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  if ((await fetch(url, { headers })).status === 200) return account;
  // As the first sign-in would make it: the homeserver finds it again by the subject.
  const user = { displayname: FIRST_NAME, admin: false, external_ids: [externalId(account.id)] };
  const made = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(user) });
  if (!made.ok) throw new Error(`Synapse refused the demo agent with ${made.status}`);
  return account;
}

const joinedSchema = z.object({ joined_rooms: z.array(z.string()) });
const tokenSchema = z.object({ access_token: z.string() });
const ATTEMPTS = 40;

async function adminCall<Answer>(
  config: Config,
  adminToken: string,
  path: string,
  answer: z.ZodType<Answer>,
  body?: unknown,
): Promise<Answer> {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const method = body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${config.homeserver.url}${path}`, { headers, ...method });
  if (!response.ok) throw new Error(`Synapse answered ${response.status} to ${path}`);
  return answer.parse(await response.json());
}

/** Accepts the demo company's invitations for its agent, so that the team room is there at the first sign-in. */
export async function acceptInvitations(
  config: Config,
  adminToken: string,
  { userId }: DemoAgent,
  roomIds: readonly string[],
): Promise<void> {
  const user = `/_synapse/admin/v1/users/${encodeURIComponent(userId)}`;
  const { joined_rooms: joined } = await adminCall(config, adminToken, `${user}/joined_rooms`, joinedSchema);
  const missing = roomIds.filter((roomId) => !joined.includes(roomId));
  if (missing.length === 0) return;
  const { access_token: token } = await adminCall(config, adminToken, `${user}/login`, tokenSchema, {
    valid_until_ms: Date.now() + 60_000,
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (const roomId of missing) {
    const url = `${config.homeserver.url}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/join`;
    // The invitation follows the answer of the operator API by a moment.
    for (let attempt = 1; (await fetch(url, { method: 'POST', headers, body: '{}' })).status !== 200; attempt += 1) {
      if (attempt === ATTEMPTS) throw new Error('the demo agent was not invited by its company');
      await wait(250);
    }
  }
}
