import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { picture } from '../../media/sample-files.ts';
import { openRows } from '../conversation-facts.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { newCompany, showUser, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { sendEvent } from '../visitor-events.ts';
import { download, downloadAsAgent, fileContent, upload, uploadAsAgent } from '../visitor-media.ts';
import { eventually } from '../waiting.ts';

type Side = { readonly company: TestCompany; readonly agent: CompanyAgent };
type Context = {
  stack: StackAccess;
  rows: Database;
  ours: Side;
  theirs: Side;
  /** Conversations that stay until the last test. */
  one: OpenConversation;
  other: OpenConversation;
};

const files = suite<Context>('files when a conversation is deleted or an event is taken back');

const newSide = async (stack: StackAccess): Promise<Side> => {
  const company = await newCompany(stack);
  return { company, agent: await company.newAgent() };
};

files.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  [context.ours, context.theirs] = await Promise.all([newSide(context.stack), newSide(context.stack)]);
  context.one = await talkWith(context);
  context.other = await talkWith(context);
});
files.after(async ({ rows, ours, theirs }) => {
  await rows.destroy();
  await ours.agent.stop();
  await theirs.agent.stop();
});

const MESSAGE = 'm.room.message';
const image = (url: string) => ({ msgtype: 'm.image', body: 'kanari.png', url });

const talkWith = ({ stack, ours }: Pick<Context, 'stack' | 'ours'>): Promise<OpenConversation> =>
  openConversation(stack, ours.company, ours.agent);

/** An agent's upload, for whatever it will be. */
const newFile = async ({ stack }: Context, { agent }: Side): Promise<string> =>
  uploadAsAgent(stack, agent, await picture('png'), 'image/png');

/** A file that the visitor of a conversation sent there. */
async function sentByVisitor({ stack }: Context, { visitor, id }: OpenConversation) {
  const uploaded = await upload(stack, visitor, await picture('png'), { filename: 'kanari.png', conversationId: id });
  return { url: uploaded.url, ...(await sendEvent(visitor, MESSAGE, fileContent(uploaded), { conversationId: id })) };
}

/** Waits until an event has its place, so that what follows knows of it. */
const indexed = ({ rows }: Context, eventId: string): Promise<unknown> =>
  eventually('the event to be indexed', () => rows('conversation_event').where({ event_id: eventId }).first());

/** Waits until nothing is left to do at the homeserver for a room. */
const settled = ({ rows }: Context, roomId: string): Promise<unknown> =>
  eventually('what follows to be done', async () =>
    (await rows('outbox').where({ lane: roomId }).first()) === undefined ? true : undefined,
  );

async function sendAsAgent(context: Context, { roomId }: OpenConversation, content: Record<string, unknown>): Promise<string> {
  const eventId = await context.ours.agent.send(roomId, MESSAGE, content);
  await indexed(context, eventId);
  return eventId;
}

async function deleteForGood({ rows }: Context, { visitor, id }: OpenConversation): Promise<void> {
  assert.is((await visitor.call('DELETE', `/conversations/${id}`)).status, 202);
  await eventually('the rows to be gone', async () =>
    (await rows('conversation').where({ id }).first()) === undefined ? true : undefined,
  );
}

const statusFor = async ({ stack }: Context, { agent }: Side, mxc: string): Promise<number> =>
  (await downloadAsAgent(stack, agent, mxc)).status;

/** Whether the homeserver still has a file, whoever may read it. */
async function isThere({ stack }: Context, mxc: string): Promise<boolean> {
  const url = `${stack.homeserverUrl}/_synapse/admin/v1/media/${mxc.slice('mxc://'.length)}`;
  return (await callJson(url, { token: stack.secrets.adminToken })).status === 200;
}

const setAvatar = ({ stack }: Context, { agent }: Side, url: string) => showUser(stack, agent.userId, { avatar_url: url });

files("a file of another company stays, whoever names it in the conversation's words", async (context) => {
  const { theirs } = context;
  const avatar = await newFile(context, theirs);
  await setAvatar(context, theirs, avatar);
  const inTeamRoom = await newFile(context, theirs);
  await theirs.agent.send(theirs.company.teamRoomId, MESSAGE, image(inTeamRoom));
  const talk = await talkWith(context);
  for (const url of [avatar, inTeamRoom]) {
    const html = { format: 'org.matrix.custom.html', formatted_body: `<img src="${url}">` };
    await sendAsAgent(context, talk, { msgtype: 'm.text', body: 'kanari', ...html });
    await sendAsAgent(context, talk, image(url));
  }
  await deleteForGood(context, talk);
  assert.equal([await statusFor(context, theirs, avatar), await statusFor(context, theirs, inTeamRoom)], [200, 200]);
});

files('of the own company, what serves elsewhere stays: a picture of somebody, a file of the team room', async (context) => {
  const { ours } = context;
  const avatar = await newFile(context, ours);
  await setAvatar(context, ours, avatar);
  const inTeamRoom = await newFile(context, ours);
  await ours.agent.send(ours.company.teamRoomId, MESSAGE, image(inTeamRoom));
  const talk = await talkWith(context);
  for (const url of [avatar, inTeamRoom]) await sendAsAgent(context, talk, image(url));
  await deleteForGood(context, talk);
  assert.equal([await statusFor(context, ours, avatar), await statusFor(context, ours, inTeamRoom)], [200, 200]);
});

files("a person's file goes with their conversation, also where an agent passed it on", async (context) => {
  const [first, second] = [await talkWith(context), context.other];
  const { url } = await sentByVisitor(context, first);
  await sendAsAgent(context, second, image(url));
  await context.ours.agent.send(context.ours.company.teamRoomId, MESSAGE, image(url));
  await deleteForGood(context, first);
  assert.not(await isThere(context, url));
});

files('a copy that an agent takes back leaves the person their file', async (context) => {
  const { stack, ours, one: first, other: second } = context;
  const { url, eventId } = await sentByVisitor(context, first);
  const copy = await sendAsAgent(context, second, image(url));
  await indexed(context, await ours.agent.redact(second.roomId, copy));
  await settled(context, second.roomId);
  assert.is((await download(stack, first.visitor, first.id, eventId)).status, 200);
});

files('a file that its person takes back goes when no other conversation shows it', async (context) => {
  const { one: first, other: second } = context;
  const { url, eventId } = await sentByVisitor(context, first);
  const copy = await sendAsAgent(context, second, image(url));
  await sendEvent(first.visitor, 'm.room.redaction', { redacts: eventId });
  await settled(context, first.roomId);
  assert.ok(await isThere(context, url), 'the other person was given it');
  await indexed(context, await context.ours.agent.redact(second.roomId, copy));
  await eventually('the file to be deleted', async () => ((await isThere(context, url)) ? undefined : true));
});

// Last, because it deletes both.
files("an agent's file goes with the last conversation it was sent to", async (context) => {
  const { one: first, other: second } = context;
  const url = await newFile(context, context.ours);
  for (const talk of [first, second]) await sendAsAgent(context, talk, image(url));
  await deleteForGood(context, first);
  assert.is(await statusFor(context, context.ours, url), 200);
  await deleteForGood(context, second);
  assert.not(await isThere(context, url));
});

files.run();
