import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Agent } from '../agents/agent.ts';
import { openApi, openIdTokenOf } from '../api-sessions/api-client.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; company: TestCompany; colleague: CompanyAgent };

const leaving = suite<Context>('who leaves the company');

leaving.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.colleague = await context.company.newAgent();
});
leaving.after(async ({ colleague }) => {
  await colleague.stop();
});

const inRoom = (roomId: string, path: string): string => `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}${path}`;

async function uploadPicture(stack: StackAccess, agent: Agent, roomId: string): Promise<string> {
  const url = `${stack.homeserverUrl}/_matrix/media/v3/upload`;
  const headers = { authorization: `Bearer ${agent.accessToken}`, 'content-type': 'image/png' };
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const { content_uri: mxc } = (await (await fetch(url, { method: 'POST', headers, body: png })).json()) as { content_uri: string };
  await agent.send(roomId, 'm.room.message', { msgtype: 'm.image', body: 'Bild', url: mxc });
  return mxc.slice('mxc://'.length);
}

/** What a member saw: a file, and an event of each room. */
type SeenConversation = OpenConversation & { readonly media: string; readonly events: readonly (readonly [string, string])[] };

/** A conversation with words of all and a picture of the colleague, which the leaving agent has seen. */
async function seenConversation({ stack, company, colleague }: Context, agent: CompanyAgent): Promise<SeenConversation> {
  const talk = await openConversation(stack, company, agent, `${CANARY} Vertrauliches`);
  await colleague.join(talk.roomId);
  const eventId = await colleague.say(talk.roomId, `${CANARY} Interna`);
  const media = await uploadPicture(stack, colleague, talk.roomId);
  await agent.waitForEvent(talk.roomId, 'the picture', ({ content }) => content['msgtype'] === 'm.image');
  assert.is((await agent.call('GET', `/_matrix/client/v1/media/download/${media}`)).status, 200);
  assert.is((await agent.call('GET', inRoom(talk.roomId, `/context/${encodeURIComponent(eventId)}`))).status, 200);
  assert.is.not((await searchFor(agent, CANARY)).length, 0, 'search finds what the member may read');
  assert.match(JSON.stringify((await agent.call('GET', '/_matrix/client/v3/notifications')).body), talk.roomId);
  const events: [string, string][] = [[talk.roomId, eventId]];
  for (const roomId of [company.spaceId, company.teamRoomId]) {
    const { chunk = [] } = (await agent.call('GET', inRoom(roomId, '/messages?dir=f&limit=1'))).body as { chunk?: { event_id: string }[] };
    assert.is((await agent.call('GET', inRoom(roomId, `/event/${encodeURIComponent(chunk[0]?.event_id ?? '')}`))).status, 200);
    events.push([roomId, chunk[0]?.event_id ?? '']);
  }
  return { ...talk, media, events };
}

async function searchFor(agent: CompanyAgent, term: string): Promise<unknown[]> {
  const answer = await agent.call('POST', '/_matrix/client/v3/search', { search_categories: { room_events: { search_term: term } } });
  return (answer.body['search_categories'] as { room_events?: { results?: unknown[] } } | undefined)?.room_events?.results ?? [];
}

async function assertNothingLeft({ colleague }: Context, agent: CompanyAgent, talk: SeenConversation): Promise<void> {
  for (const [roomId, eventId] of talk.events) {
    await agent.waitFor('the end of the membership', (heard) => heard.kind === 'leave' && heard.roomId === roomId);
    const event = encodeURIComponent(eventId);
    const paths = ['/messages?dir=b', '/state', '/members', '/initialSync', `/context/${event}`, `/event/${event}`].map((path) =>
      inRoom(roomId, path),
    );
    const versionOne = [`/relations/${event}`, '/threads', '/timestamp_to_event?ts=1&dir=f'].map((path) =>
      inRoom(roomId, path).replace('/v3/', '/v1/'),
    );
    for (const path of [...paths, ...versionOne]) {
      const { status } = await agent.call('GET', path);
      assert.ok([403, 404].includes(status), `${path} answered ${status}`);
    }
    assert.is((await agent.call('POST', inRoom(roomId, '/join'))).errcode, 'M_FORBIDDEN', 'nobody comes back by themselves');
  }
  assert.equal(await searchFor(agent, CANARY), []);
  const notifications = JSON.stringify((await agent.call('GET', '/_matrix/client/v3/notifications')).body);
  for (const [roomId] of talk.events) assert.not.match(notifications, roomId);
  assert.is((await agent.call('GET', `/_matrix/client/v1/media/download/${talk.media}`)).status, 404);
  assert.is((await agent.call('GET', `/_matrix/client/v1/media/thumbnail/${talk.media}?width=1&height=1`)).status, 404);

  const before = agent.heard.length;
  await colleague.say(talk.roomId, `${CANARY} später`);
  await talk.visitor.say(`${CANARY} auch später`);
  await colleague.waitForEvent(talk.roomId, 'the later words', ({ content }) => content['body'] === `${CANARY} auch später`);
  const fresh = await agent.call('GET', '/_matrix/client/v3/sync?timeout=0&full_state=true');
  assert.is(fresh.status, 200);
  assert.not.match(JSON.stringify(fresh.body), talk.roomId);
  assert.equal(
    agent.heard.slice(before).filter(({ kind }) => kind === 'event'),
    [],
  );
}

leaving('a member who is removed can read nothing of it any more: rooms, search, sync, media', async (context) => {
  const { company } = context;
  const agent = await company.newAgent();
  const talk = await seenConversation(context, agent);
  const stream = await talk.visitor.openStream();
  const api = await openApi(context.stack, await openIdTokenOf(context.stack, agent));
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(agent.userId)}`)).status, 204);
  assert.is((await api.call('GET', `/companies/${company.slug}/members`)).status, 401, 'the API is shut at once');
  await assertNothingLeft(context, agent, talk);
  const summary = await stream.waitForSummary('the agent to be gone', ({ answering }) =>
    answering.every(({ name }) => name !== agent.displayName),
  );
  assert.equal(
    summary.answering.map(({ name }) => name),
    [context.colleague.displayName],
  );
  await agent.stop();
  await stream.close();
});

leaving('a member who leaves the space by own act loses everything as well', async (context) => {
  const { company } = context;
  const agent = await company.newAgent();
  const talk = await seenConversation(context, agent);
  const api = await openApi(context.stack, await openIdTokenOf(context.stack, agent));
  await agent.leave(company.spaceId);
  await assertNothingLeft(context, agent, talk);
  assert.is((await api.call('GET', `/companies/${company.slug}/members`)).status, 401);
  const { members } = (await company.operate('GET', '/members')).body as { members: { userId: string }[] };
  assert.not.ok(members.some(({ userId }) => userId === agent.userId));
  await agent.stop();
});

leaving('what a former member wrote stays with the name that the company had chosen', async (context) => {
  const { company, stack } = context;
  const agent = await company.newAgent();
  const talk = await openConversation(stack, company, agent);
  const eventId = await agent.say(talk.roomId, `${CANARY} mein letzter Satz`);
  const stream = await talk.visitor.openStream(`${talk.id}:0`);
  await stream.waitForBody(`${CANARY} mein letzter Satz`);
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(agent.userId)}`)).status, 204);
  await agent.waitFor('the end', (heard) => heard.kind === 'leave' && heard.roomId === talk.roomId);
  const written = (await talk.visitor.history(talk.id)).find((event) => event.eventId === eventId);
  assert.equal([written?.sender.kind, written?.sender.name], ['agent', agent.displayName]);
  await agent.stop();
  await stream.close();
});

leaving('one who was invited and never came is not let in after the removal', async ({ company, stack }) => {
  const agent = await company.newAgent();
  const talk = await openConversation(stack, company, agent);
  await agent.leave(talk.roomId);
  assert.is((await agent.call('POST', inRoom(talk.roomId, '/join'))).status, 200, 'a member of the company comes back');
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(agent.userId)}`)).status, 204);
  await eventually('the door to be shut', async () =>
    (await agent.call('POST', inRoom(talk.roomId, '/join'))).errcode === 'M_FORBIDDEN' ? true : undefined,
  );
  await agent.stop();
});

leaving.run();
