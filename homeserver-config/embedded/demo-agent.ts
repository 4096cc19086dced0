import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Config } from '../../appservice/config.ts';
import { createPrivateFile } from '../private-file.ts';

const agentSchema = z.object({ userId: z.string(), password: z.string().min(16) });

/** The one account that may sign in with a password, in the embedded profile only; goes with the accounts issue. */
export type DemoAgent = z.infer<typeof agentSchema>;

const NAME = 'Dana Demo';

/** Makes `@demo:server` at the first call, with a password of its own that stays in `dataDir/demo-agent.json` (mode 600). */
export async function ensureDemoAgent(dataDir: string, config: Config, adminToken: string): Promise<DemoAgent> {
  const file = join(dataDir, 'demo-agent.json');
  const fresh: DemoAgent = { userId: `@demo:${config.homeserver.serverName}`, password: randomBytes(15).toString('base64url') };
  createPrivateFile(file, `${JSON.stringify(fresh, null, 2)}\n`);
  const agent = agentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const url = `${config.homeserver.url}/_synapse/admin/v2/users/${encodeURIComponent(agent.userId)}`;
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const existing = await fetch(url, { headers });
  // Setting a password ends all sessions, so it happens once.
  if (existing.status === 200) return agent;
  const body = JSON.stringify({ password: agent.password, displayname: NAME, admin: false });
  const made = await fetch(url, { method: 'PUT', headers, body });
  if (!made.ok) throw new Error(`Synapse refused the demo agent with ${made.status}`);
  return agent;
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
