import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EmbeddedStack } from '../../homeserver-config/embedded/stack.ts';
import { kick, makeDataDir, makeRoom, peopleOf, removeDataDir, startTestStack } from './embedded-fixture.ts';
import type { MatrixUser } from './matrix-user.ts';

const PICTURE = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
);

type Context = {
  dataDir: string;
  stack: EmbeddedStack;
  company: MatrixUser;
  other: MatrixUser;
  visitor: MatrixUser;
  agent: MatrixUser;
  colleague: MatrixUser;
  stranger: MatrixUser;
  conversation: string;
};

const guard = suite<Context>('media guard on a real Synapse');

guard.before(async (context) => {
  context.dataDir = makeDataDir();
  context.stack = await startTestStack(context.dataDir);
  const people = peopleOf(context.stack);
  context.company = await people.ghost('company_0a_acme');
  context.other = await people.ghost('company_0a_other');
  context.visitor = await people.ghost('visitor_0a_1');
  context.agent = await people.person('agent');
  context.colleague = await people.person('colleague');
  context.stranger = await people.person('stranger');
  context.conversation = await makeRoom(context.company, context.visitor, context.agent);
});
guard.after(async ({ dataDir, stack }) => {
  await stack.stop();
  await removeDataDir(dataDir);
});

async function statuses(mxc: string, ...users: readonly MatrixUser[]): Promise<number[]> {
  const found: number[] = [];
  for (const user of users) found.push(await user.download(mxc), await user.download(mxc, 'thumbnail'));
  return found;
}

async function sentPicture(from: MatrixUser, room: string): Promise<string> {
  const mxc = await from.upload(PICTURE, 'image/png');
  assert.is(await from.sendFile(room, mxc), 200);
  return mxc;
}

guard('a file of a conversation is for those in it, file and thumbnail; nobody else can tell that it exists', async (context) => {
  const { conversation, company, visitor, agent, colleague, stranger } = context;
  const mxc = await sentPicture(visitor, conversation);
  assert.equal(await statuses(mxc, visitor, agent, company), [200, 200, 200, 200, 200, 200]);
  assert.equal(await statuses(mxc, colleague, stranger), [404, 404, 404, 404]);
  const path = (address: string): string => `/_matrix/client/v1/media/download/${address.slice('mxc://'.length)}`;
  const unknown = `${mxc.slice(0, -24)}${'x'.repeat(24)}`;
  const refused = await stranger.call('GET', path(mxc));
  assert.match(JSON.stringify(refused.body), '"errcode":"M_NOT_FOUND"');
  const mask = (answer: unknown): string => JSON.stringify(answer).replaceAll(/[A-Za-z]{24}/g, 'id');
  assert.is(mask(refused), mask(await stranger.call('GET', path(unknown))));
});

guard('who leaves can read no file any more, and reads it again when back; what they sent stays theirs', async (context) => {
  const { conversation, company, visitor, agent } = context;
  const fromVisitor = await sentPicture(visitor, conversation);
  const fromAgent = await sentPicture(agent, conversation);
  assert.is(await kick(company, conversation, agent), 200);
  assert.equal(await statuses(fromVisitor, agent), [404, 404]);
  assert.equal(await statuses(fromAgent, agent, visitor), [200, 200, 200, 200]);
  const messages = await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(conversation)}/messages?dir=b`);
  assert.is(messages.status, 403, 'the words are gone for them too');
  await company.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(conversation)}/invite`, { user_id: agent.userId });
  await agent.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(conversation)}/join`, {});
  assert.equal(await statuses(fromVisitor, agent), [200, 200]);
});

guard('a file that was not sent yet, like the picture of a profile, is for everybody who is signed in', async (context) => {
  const mxc = await context.company.upload(PICTURE, 'image/png');
  assert.equal(await statuses(mxc, context.stranger, context.visitor), [200, 200, 200, 200]);
});

guard('a stranger who knows the address of a file does not open it by sending it in a room of their own', async (context) => {
  const { conversation, visitor, stranger, agent, other } = context;
  const mxc = await sentPicture(visitor, conversation);
  // The one room that people make by themselves: a direct chat to a company, here one that has no part in the conversation.
  const own = await makeRoom(stranger, other);
  assert.is(await stranger.sendFile(own, mxc), 200);
  assert.equal(await statuses(mxc, stranger), [404, 404]);
  assert.equal(await statuses(mxc, agent), [200, 200]);
});

guard('nobody takes a picture of a profile away from the others by sending it', async ({ company, other, stranger, colleague }) => {
  const mxc = await company.upload(PICTURE, 'image/png');
  const own = await makeRoom(stranger, other);
  assert.is(await stranger.sendFile(own, mxc), 200);
  assert.equal(await statuses(mxc, colleague), [200, 200]);
});

guard('who may read a file may pass it on to another room', async ({ conversation, company, visitor, agent, colleague }) => {
  const mxc = await sentPicture(visitor, conversation);
  const team = await makeRoom(company, agent, colleague);
  assert.equal(await statuses(mxc, colleague), [404, 404]);
  assert.is(await agent.sendFile(team, mxc), 200);
  assert.equal(await statuses(mxc, colleague), [200, 200]);
});

guard('the server administrator reads each file; the old paths without sign-in give none', async ({ conversation, visitor, stack }) => {
  const mxc = await sentPicture(visitor, conversation);
  assert.equal(await statuses(mxc, peopleOf(stack).admin), [200, 200]);
  const unsent = await visitor.upload(PICTURE, 'image/png');
  for (const address of [mxc, unsent]) {
    const response = await fetch(`${stack.config.homeserver.url}/_matrix/media/v3/download/${address.slice('mxc://'.length)}`);
    assert.is(response.status, 404);
  }
});

guard('it holds over a restart of Synapse', async ({ conversation, visitor, agent, stranger, stack }) => {
  const mxc = await sentPicture(visitor, conversation);
  await stack.restartSynapse();
  assert.equal(await statuses(mxc, agent, stranger), [200, 200, 404, 404]);
});

guard.run();
