import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
