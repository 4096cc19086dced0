import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { startAgent, type Agent } from './agents/agent.ts';
import { callJson, type JsonAnswer, type StackAccess } from './stack-access.ts';

/** What every name and word of these tests holds, so that a log or a dump can be searched for what must not be there. */
export const CANARY = 'kanari';

/** The company that every stack has, open and with no settings of its own: for tests to which any other company will do. */
export const OTHER_SLUG = 'demo';

const detailsSchema = z.object({
  id: z.string(),
  slug: z.string(),
  status: z.string(),
  userId: z.string(),
  spaceId: z.string(),
  teamRoomId: z.string(),
});

/** An agent of a company, signed in, with the name that visitors read. */
export type CompanyAgent = Agent & { readonly displayName: string; readonly localpart: string };

/** A company made for one suite, steered through the operator's API. */
export type TestCompany = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Matrix id of its ghost. */
  readonly userId: string;
  readonly spaceId: string;
  readonly teamRoomId: string;
  /** A call below the company's path in the operator's API, like `/suspend`. */
  operate(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
  /** A new Matrix user who is a member and has accepted both invitations. */
  newAgent(settings?: { role?: 'agent' | 'admin'; displayName?: string }): Promise<CompanyAgent>;
};

const random = (): string => randomBytes(4).toString('hex');

/** A session of a user, as a server administrator may open one, with the device that people have: they sign in by our pages, which have tests of their own. */
export async function sessionOf({ homeserverUrl, secrets }: StackAccess, userId: string): Promise<string> {
  const ask = (path: string, body: object) =>
    callJson(`${homeserverUrl}/_synapse/admin/${path}`, { method: 'POST', token: secrets.adminToken, body });
  const user = `users/${encodeURIComponent(userId)}`;
  const device = await ask(`v2/${user}/devices`, { device_id: `TEST${random()}` });
  if (device.status !== 201) throw new Error(`Synapse answered ${device.status} to a device`);
  const answer = await ask(`v1/${user}/login`, {});
  return z.object({ access_token: z.string() }).parse(answer.body).access_token;
}

/** Changes what a user is called and looks like, as the service does; people cannot by themselves. */
export async function showUser(
  { homeserverUrl, secrets }: StackAccess,
  userId: string,
  profile: { displayname?: string; avatar_url?: string },
): Promise<void> {
  const url = `${homeserverUrl}/_synapse/admin/v2/users/${encodeURIComponent(userId)}`;
  const answer = await callJson(url, { method: 'PUT', token: secrets.adminToken, body: profile });
  if (answer.status !== 200) throw new Error(`Synapse answered ${answer.status} to a profile`);
}

async function makeUser(stack: StackAccess, admin: boolean): Promise<{ userId: string; token: string }> {
  const userId = `@${CANARY}-${random()}:${stack.serverName}`;
  const url = `${stack.homeserverUrl}/_synapse/admin/v2/users/${encodeURIComponent(userId)}`;
  const body = { displayname: `${CANARY} Matrix name`, admin };
  const made = await callJson(url, { method: 'PUT', token: stack.secrets.adminToken, body });
  if (made.status !== 201) throw new Error(`Synapse answered ${made.status} to a new user`);
  return { userId, token: await sessionOf(stack, userId) };
}

/** Makes a user of the homeserver and signs them in with matrix-nio. */
export async function newMatrixUser(stack: StackAccess, { admin = false }: { admin?: boolean } = {}): Promise<Agent> {
  return startAgent({ stack, ...(await makeUser(stack, admin)) });
}

/** Somebody who asks the homeserver now and then and hears nothing: no client runs for them, which costs much less. */
export type PlainUser = Pick<Agent, 'userId' | 'accessToken' | 'call'>;

/** Makes a user of the homeserver who has no client. */
export async function newPlainUser(stack: StackAccess, { admin = false }: { admin?: boolean } = {}): Promise<PlainUser> {
  const { userId, token } = await makeUser(stack, admin);
  return {
    userId,
    accessToken: token,
    async call(method, path, body = method === 'GET' ? undefined : {}) {
      const answer = await callJson(`${stack.homeserverUrl}${path}`, { method, token, body });
      return { status: answer.status, errcode: answer.body['errcode'] as string | undefined, body: answer.body };
    },
  };
}

/** Makes a company; `status` live has everything a company needs, draft lacks the agreement. */
export async function newCompany(
  stack: StackAccess,
  { settings = {}, status = 'live' }: { settings?: Record<string, unknown>; status?: 'live' | 'draft' } = {},
): Promise<TestCompany> {
  const slug = `t${random()}`;
  const name = `Firma ${slug}`;
  const base = `${stack.appUrl}/api/v1/operator/companies`;
  const operate: TestCompany['operate'] = (method, path, body) =>
    callJson(`${base}/${slug}${path}`, { method, token: stack.operatorToken, body });
  const body = {
    slug,
    name,
    settings: {
      imprintUrl: 'https://example.org/imprint',
      privacyContact: 'privacy@example.org',
      origins: ['https://www.example.org'],
      ...settings,
    },
  };
  const created = await callJson(base, { method: 'POST', token: stack.operatorToken, body });
  if (created.status !== 201) throw new Error(`the company was answered with ${created.status} ${JSON.stringify(created.body)}`);
  if (status === 'live') await operate('POST', '/agreement', { version: stack.config.processingAgreement.version, acceptedBy: 'Test' });
  const details = detailsSchema.parse((await operate('GET', '')).body);
  if (details.status !== status) throw new Error(`the company is ${details.status}`);
  const { id, userId, spaceId, teamRoomId } = details;

  return {
    id,
    slug,
    name,
    userId,
    spaceId,
    teamRoomId,
    operate,
    async newAgent({ role = 'agent', displayName = `${CANARY} ${random()}` } = {}) {
      const agent = await newMatrixUser(stack);
      const added = await operate('POST', '/members', { userId: agent.userId, role, displayName });
      if (added.status !== 200) throw new Error(`the member was answered with ${added.status}`);
      for (const roomId of [spaceId, teamRoomId]) {
        await agent.waitFor('the invitation of the company', (heard) => heard.kind === 'invite' && heard.roomId === roomId);
        await agent.join(roomId);
      }
      return { ...agent, displayName, localpart: agent.userId.slice(1, agent.userId.indexOf(':')) };
    },
  };
}
