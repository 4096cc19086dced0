import { createHash, randomBytes } from 'node:crypto';
import { waitUntil } from './alternation.ts';
import type { BenchStack } from './bench-stack.ts';
import { callJson } from './json-call.ts';
import { createMatrixClient, type MatrixClient } from './matrix-client.ts';
import { openPanel, openSession, type Visitor } from './visitor.ts';

/** A visitor whose conversation has begun and whose room the agent is in. */
export type TalkingVisitor = Visitor & { readonly conversationId: string; readonly roomId: string };

/** A live company of the benchmark's own, with one agent. */
export type BenchCompany = {
  readonly slug: string;
  /** A member of the company with a plain Matrix client. */
  readonly agent: MatrixClient;
  newVisitor(): Promise<TalkingVisitor>;
  /** A room like the one of a conversation (owner, version, state), with a plain user in the visitor's place. */
  newRoomLike(roomId: string, user: MatrixClient): Promise<string>;
  /** The ghost of a visitor under its device, sending directly with the appservice's token. */
  ghostOf(visitor: Visitor): Promise<MatrixClient>;
  /** Waits until rooms are prepared again and no Matrix call waits. */
  settle(): Promise<void>;
};

type StateEvent = { readonly type: string; readonly state_key: string; readonly content: unknown };

/** What `createRoom` makes by itself or takes in another way than as `initial_state`. */
const MADE_BY_ITSELF = new Set(['m.room.create', 'm.room.member', 'm.room.power_levels']);

/** Makes a company through the operator's API and lets an agent into its rooms. */
export async function makeBenchCompany(stack: BenchStack): Promise<BenchCompany> {
  const { appUrl, homeserverUrl, operatorToken, secrets, database, config } = stack;
  const slug = `bench-${randomBytes(5).toString('hex')}`;

  const operator = (method: 'POST' | 'GET', path: string, body?: unknown): Promise<unknown> =>
    callJson({ method, url: `${appUrl}/api/v1/operator/companies${path}`, token: operatorToken, ...(body === undefined ? {} : { body }) });

  async function readRow<Row extends object>(sql: string, value: string): Promise<Row> {
    const [row] = (await database.query<Row>(sql, [value])).rows;
    if (row === undefined) throw new Error('a row that must be there is missing');
    return row;
  }

  async function readGhost(sql: string, value: string): Promise<MatrixClient> {
    const masquerade = await readRow<{ user_id: string; device_id: string }>(sql, value);
    return createMatrixClient({ homeserverUrl, userId: masquerade.user_id, token: secrets.appserviceToken, masquerade });
  }

  const web = 'https://bench.example';
  const settings = { locale: 'en', imprintUrl: `${web}/imprint`, privacyUrl: `${web}/privacy`, privacyContact: 'privacy@bench.example' };
  await operator('POST', '', { slug, name: 'Bench Ltd', settings });
  await operator('POST', `/${slug}/agreement`, { version: config.processingAgreement.version, acceptedBy: 'The benchmark' });
  const { spaceId, teamRoomId } = (await operator('GET', `/${slug}`)) as { spaceId: string; teamRoomId: string };
  const agent = await stack.newUser();
  await operator('POST', `/${slug}/members`, { userId: agent.userId, role: 'agent', displayName: 'Agent' });
  await stack.emptyOutbox();
  await agent.join(spaceId);
  await agent.join(teamRoomId);
  const ghost = await readGhost('select user_id, device_id from company where slug = $1', slug);

  const countPrepared = 'select count(*)::int as count from prepared_room join company on company.id = company_id where slug = $1';

  return {
    slug,
    agent,
    async newVisitor() {
      const visitor = await openSession(appUrl, await openPanel(appUrl, slug));
      const { conversationId } = await visitor.send('The first message.');
      const { room_id: roomId } = await readRow<{ room_id: string }>('select room_id from conversation where id = $1', conversationId);
      await agent.join(roomId);
      return { ...visitor, conversationId, roomId };
    },
    async newRoomLike(roomId, user) {
      const state = (await ghost.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/state`)) as StateEvent[];
      const contentOf = (type: string) => state.find((event) => event.type === type)?.content as Record<string, unknown>;
      const body = {
        room_version: contentOf('m.room.create')['room_version'],
        preset: 'private_chat',
        power_level_content_override: contentOf('m.room.power_levels'),
        initial_state: state
          .filter(({ type }) => !MADE_BY_ITSELF.has(type))
          .map(({ type, state_key, content }) => ({ type, state_key, content })),
        invite: [user.userId, agent.userId],
      };
      const copy = (await ghost.call('POST', '/_matrix/client/v3/createRoom', body)) as { room_id: string };
      await user.join(copy.room_id);
      await agent.join(copy.room_id);
      return copy.room_id;
    },
    ghostOf({ token }) {
      const hash = createHash('sha256').update(token).digest('base64url');
      return readGhost('select user_id, device_id from visitor_session where token_hash = $1', hash);
    },
    async settle() {
      const isFull = async () => (await readRow<{ count: number }>(countPrepared, slug)).count >= config.conversations.poolSize;
      await waitUntil('rooms are prepared', isFull);
      await stack.emptyOutbox();
    },
  };
}
