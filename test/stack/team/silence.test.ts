import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openRows } from '../conversation-facts.ts';
import { beginConversation, joinConversation, openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';
import { conversationState, runJob, untilShown } from './team-room.ts';

type Begun = Pick<OpenConversation, 'visitor' | 'id'>;
type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  anna: CompanyAgent;
  /** In which nobody has answered when the first test begins. */
  waiting: Begun;
  talk: OpenConversation;
};

const silence = suite<Context>('silence and leaving');

const WARNING = `${CANARY} Wir schließen bald`;

silence.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  const settings = { autoClose: { afterHours: 48, warnHours: 24 }, texts: { de: { silenceWarning: WARNING } }, leaveDays: 30 };
  context.company = await newCompany(context.stack, { settings });
  context.anna = await context.company.newAgent({ displayName: `Anna ${CANARY}` });
  context.waiting = await beginConversation(context.stack, context.company);
  context.talk = await openConversation(context.stack, context.company, context.anna);
});
silence.after(async ({ anna, rows }) => {
  await anna.stop();
  await rows.destroy();
});

/** Moves everything that happened in a conversation into the past. */
async function age(rows: Database, id: string, hours: number): Promise<void> {
  const by = `interval '${hours} hours'`;
  await rows.raw(`update conversation set spoken_at = spoken_at - ${by}, closed_at = closed_at - ${by} where id = ?`, [id]);
  await rows.raw(`update conversation_inbox set warned_at = warned_at - ${by} where conversation_id = ?`, [id]);
  await rows.raw(`update conversation_agent set joined_at = joined_at - ${by} where conversation_id = ?`, [id]);
}

const statusOf = async ({ visitor, id }: Begun): Promise<string | undefined> =>
  (await visitor.conversations()).find((conversation) => conversation.id === id)?.status;

/** The person asks, and is answered. */
async function answer({ anna }: Context, talk: OpenConversation): Promise<void> {
  await talk.visitor.say(`${CANARY} Frage`);
  const eventId = await anna.say(talk.roomId, `${CANARY} Antwort`);
  await eventually('the answer to count', async () => {
    const isThere = (await talk.visitor.history(talk.id)).some((event) => event.eventId === eventId);
    return isThere && (await statusOf(talk)) === 'open' ? true : undefined;
  });
}

silence('a person who waits for an answer is never closed on', async (context) => {
  const { stack, rows, waiting, talk: asking } = context;
  await answer(context, asking);
  await asking.visitor.say(`${CANARY} und noch eine Frage`);
  for (const talk of [waiting, asking]) await age(rows, talk.id, 500);
  await runJob(stack, 'team.silence');
  await runJob(stack, 'team.silence');
  assert.equal([await statusOf(waiting), await statusOf(asking)], ['waiting', 'open']);
});

silence('after silence the person is told, and then the conversation closes; not a moment before either', async (context) => {
  const { stack, rows, company, anna, waiting } = context;
  const talk = await joinConversation(company, anna, waiting.visitor, waiting.id);
  await answer(context, talk);
  const stream = await talk.visitor.openStream(`${talk.id}:0`);
  await age(rows, talk.id, 23.9);
  await runJob(stack, 'team.silence');
  assert.not.ok(stream.bodies().includes(WARNING), 'a moment before the warning');
  await age(rows, talk.id, 0.2);
  await runJob(stack, 'team.silence');
  const warning = await stream.waitForBody(WARNING);
  assert.equal([warning.sender.kind, warning.content['msgtype']], ['company', 'm.notice']);
  await age(rows, talk.id, 23.9);
  await runJob(stack, 'team.silence');
  assert.is(await statusOf(talk), 'open', 'a moment before the end');
  await age(rows, talk.id, 0.2);
  await runJob(stack, 'team.silence');
  await stream.waitForSummary('the end', ({ status }) => status === 'closed');
  await untilShown(anna, company.teamRoomId, talk.announcement, 'geschlossen');
  await anna.waitForEvent(company.teamRoomId, 'the notice', ({ content }) => String(content['body']).includes('nach langer Stille'));
  assert.is((await talk.visitor.history(talk.id)).map(bodyOf).filter((body) => body === WARNING).length, 1);
  await stream.close();
});

silence('any word takes the warning back, and silence counts anew', async (context) => {
  const { stack, rows, anna, talk } = context;
  await answer(context, talk);
  const stream = await talk.visitor.openStream();
  await age(rows, talk.id, 24.1);
  await runJob(stack, 'team.silence');
  await stream.waitForBody(WARNING);
  await anna.say(talk.roomId, `${CANARY} noch etwas`);
  await stream.waitForBody(`${CANARY} noch etwas`);
  await age(rows, talk.id, 23.9);
  await runJob(stack, 'team.silence');
  assert.is(await statusOf(talk), 'open');
  assert.is(stream.bodies().filter((body) => body === WARNING).length, 1);
  await stream.close();
});

silence('long after closing agents are taken out; the link leads them back in, and they stay as long again', async (context) => {
  const { stack, rows, anna, talk } = context;
  await answer(context, talk);
  await anna.say(talk.roomId, '!close');
  // On Matrix too: the state follows the row, and is asked for below.
  await eventually('the end', async () => ((await conversationState(anna, talk.roomId))['status'] === 'closed' ? true : undefined));
  await age(rows, talk.id, 24 * 30 - 1);
  await runJob(stack, 'team.release');
  assert.is((await conversationState(anna, talk.roomId))['status'], 'closed', 'a moment before they are in');
  await age(rows, talk.id, 2);
  await runJob(stack, 'team.release');
  await anna.waitFor('the end of the membership', ({ kind, roomId }) => kind === 'leave' && roomId === talk.roomId);
  // The homeserver forgets a room for somebody just after it told them that they are out.
  const history = `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/messages?dir=b`;
  await eventually('nothing to be readable', async () => ((await anna.call('GET', history)).status === 403 ? true : undefined));
  const rejoined = await anna.call('POST', `/_matrix/client/v3/join/${encodeURIComponent(talk.roomId)}`);
  assert.is(rejoined.status, 200);
  await eventually('the way back to be noted', async () => {
    const [row] = await rows<{ user_id: string }>('conversation_agent').where('conversation_id', talk.id).whereNull('left_at');
    return row === undefined ? undefined : true;
  });
  await runJob(stack, 'team.release');
  assert.is((await conversationState(anna, talk.roomId))['status'], 'closed', 'who came back to read stays');
});

silence.run();
