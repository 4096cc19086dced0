import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openRows, whenOutboxIsDone } from '../conversation-facts.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { openVisitor, type Visitor } from '../visitor-client.ts';

type Context = { stack: StackAccess; rows: Database; company: TestCompany; anna: CompanyAgent; ben: CompanyAgent };

const routing = suite<Context>('routing');

routing.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.anna = await context.company.newAgent();
  context.ben = await context.company.newAgent();
});
routing.after(async ({ rows, anna, ben }) => {
  await anna.stop();
  await ben.stop();
  await rows.destroy();
});

type Begun = { readonly visitor: Visitor; readonly id: string; readonly roomId: string };

/** A new visitor has written, and every call to Matrix that follows from it is made. */
async function beginConversation({ stack, rows, company }: Context): Promise<Begun> {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId: id } = await visitor.say(`${CANARY} Wer ist da?`);
  await whenOutboxIsDone(rows, id);
  const { room_id: roomId } = await rows('conversation').where({ id }).first<{ room_id: string }>('room_id');
  return { visitor, id, roomId };
}

/** Memberships in a room as the company's ghost reads them. */
async function membershipsIn({ stack, company }: Context, roomId: string): Promise<Record<string, string>> {
  const url = `${stack.homeserverUrl}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/members`;
  const { status, body } = await callJson(`${url}?user_id=${encodeURIComponent(company.userId)}`, { token: stack.secrets.appserviceToken });
  assert.is(status, 200);
  const events = body['chunk'] as { state_key: string; content: { membership: string } }[];
  return Object.fromEntries(events.map(({ state_key: userId, content }) => [userId, content.membership]));
}

const callEveryone = async ({ company }: Context): Promise<void> => {
  assert.is((await company.operate('PATCH', '/settings', { routing: 'everyone' })).status, 200);
};

routing('to the team, which is the default: nobody is invited to the conversation', async (context) => {
  const { roomId } = await beginConversation(context);
  const memberships = await membershipsIn(context, roomId);
  assert.equal(Object.values(memberships), ['join', 'join'], 'the ghosts of company and visitor');
  for (const member of [context.anna, context.ben]) assert.is(memberships[member.userId], undefined);
});

routing('to everyone: the first message invites each member to the conversation itself, and they come in and answer', async (context) => {
  await callEveryone(context);
  const { visitor, roomId } = await beginConversation(context);
  const stream = await visitor.openStream();
  const memberships = await membershipsIn(context, roomId);
  assert.equal(Object.values(memberships).toSorted(), ['invite', 'invite', 'join', 'join']);
  for (const member of [context.anna, context.ben]) {
    assert.is(memberships[member.userId], 'invite');
    await member.waitFor('the invitation', (heard) => heard.kind === 'invite' && heard.roomId === roomId);
    await member.join(roomId);
    const said = (await member.messages(roomId, 50)).map(({ content }) => content['body']);
    assert.ok(said.includes(`${CANARY} Wer ist da?`), 'who is invited reads what was said before');
    await member.say(roomId, `${CANARY} ${member.localpart} ist da`);
    const { sender } = await stream.waitForBody(`${CANARY} ${member.localpart} ist da`);
    assert.is(sender.name, member.displayName);
  }
  await stream.close();
});

routing('to everyone: who declines is not called again, and who leaves the company loses the invitation', async (context) => {
  const { company, rows, anna, ben } = context;
  await callEveryone(context);
  const { visitor, id, roomId } = await beginConversation(context);
  await anna.waitFor('the invitation', (heard) => heard.kind === 'invite' && heard.roomId === roomId);
  await anna.leave(roomId);
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(ben.userId)}`)).status, 204);
  await ben.waitFor('the end of the invitation', (heard) => heard.kind === 'leave' && heard.roomId === roomId);
  assert.is((await ben.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/join`)).errcode, 'M_FORBIDDEN');
  await visitor.say(`${CANARY} Hallo?`);
  await whenOutboxIsDone(rows, id);
  const memberships = await membershipsIn(context, roomId);
  assert.equal([memberships[anna.userId], memberships[ben.userId]], ['leave', 'leave']);
});

routing.run();
