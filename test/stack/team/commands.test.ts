import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { inReply, inThread } from '../agents/agent.ts';
import { openRows } from '../conversation-facts.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import { conversationState, react, untilAnswered, untilShown } from './team-room.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  anna: CompanyAgent;
  bernd: CompanyAgent;
  /** Where it does not matter who has the conversation and what was said in it. */
  talk: OpenConversation;
  /** Begun with words that must not get around. */
  confided: OpenConversation;
  /** For who answers first; taken from them afterwards. */
  unanswered: OpenConversation;
};

const commands = suite<Context>('commands of agents');

const cannedReplies = {
  [`${CANARY}-gruss`]: { de: `${CANARY} Guten Tag`, en: `${CANARY} Hello` },
};

commands.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack, { settings: { cannedReplies } });
  context.anna = await context.company.newAgent({ displayName: `Anna ${CANARY}` });
  context.bernd = await context.company.newAgent({ displayName: `Bernd ${CANARY}` });
  const open = (words?: string) => openConversation(context.stack, context.company, context.anna, words);
  context.talk = await open();
  context.confided = await open(`Ich bin Erika ${CANARY}-geheim`);
  context.unanswered = await open();
});
commands.after(async ({ anna, bernd, rows }) => {
  await Promise.all([anna.stop(), bernd.stop()]);
  await rows.destroy();
});

// These two come first: nobody has these conversations yet.
for (const { how, content, where } of [
  { how: "in the announcement's thread", content: inThread, where: 'confided' },
  { how: 'as a plain reply to the announcement', content: inReply, where: 'talk' },
] as const) {
  commands(`!claim ${how} takes the conversation: announcement and state show who answers`, async ({ company, anna, [where]: talk }) => {
    await anna.send(company.teamRoomId, 'm.room.message', content(talk.announcement.event_id, '!claim'));
    const shown = await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Anna ${CANARY}`);
    assert.match(shown, `Unterhaltung ${talk.number} · wartet seit`);
    await eventually('the state to name her', async () =>
      (await conversationState(anna, talk.roomId))['assignee'] === anna.userId ? true : undefined,
    );
  });
}

commands('!claim invites one who is not in the conversation, and a second claim is answered with who has it', async (context) => {
  const { stack, company, anna, bernd } = context;
  const talk = await openConversation(stack, company, anna);
  await bernd.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, '!claim'));
  await bernd.waitFor('the invitation', ({ kind, roomId }) => kind === 'invite' && roomId === talk.roomId);
  await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Bernd ${CANARY}`);
  const second = await anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, '!claim'));
  const answer = await untilAnswered(anna, company.teamRoomId, second);
  assert.match(String(answer.content['body']), `Bernd ${CANARY} (${bernd.userId})`);
  assert.is((answer.content['m.relates_to'] as { event_id?: string }).event_id, talk.announcement.event_id, 'in the thread');
});

commands('a hand on the announcement claims, taking it back undoes that, and a tick closes', async ({ stack, company, anna }) => {
  const talk = await openConversation(stack, company, anna);
  const stream = await talk.visitor.openStream();
  const hand = await react(anna, company.teamRoomId, talk.announcement.event_id, '🙋🏽');
  await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Anna ${CANARY}`);
  const edits = anna.heard.length;
  await anna.redact(company.teamRoomId, hand);
  await anna.waitFor(
    'the announcement to show that nobody has it',
    ({ event }) =>
      anna.heard.slice(edits).some((heard) => heard.event === event) &&
      JSON.stringify(event?.content['m.new_content'] ?? {}).includes('Noch bei niemandem'),
  );
  await react(anna, company.teamRoomId, talk.announcement.event_id, '👍');
  await react(anna, company.teamRoomId, talk.announcement.event_id, '✅');
  await stream.waitForSummary('the end', ({ status }) => status === 'closed');
  await untilShown(anna, company.teamRoomId, talk.announcement, `⚪ Unterhaltung ${talk.number} · geschlossen`);
  assert.equal(stream.bodies(), []);
  await stream.close();
});

commands('who answers first has the conversation', async ({ company, anna, unanswered: talk }) => {
  await anna.say(talk.roomId, `${CANARY} Guten Tag`);
  const shown = await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Anna ${CANARY}`);
  assert.match(shown, `🟢 Unterhaltung ${talk.number} · offen`);
});

commands('!assign gives the conversation to a colleague by name, and asks back where the name fits several or nobody', async (context) => {
  const { company, anna, bernd, unanswered: talk } = context;
  const type = (body: string) => anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, body));
  const several = await untilAnswered(anna, company.teamRoomId, await type(`!assign ${CANARY}`));
  assert.match(String(several.content['body']), anna.userId);
  assert.match(String(several.content['body']), bernd.userId);
  const nobody = await untilAnswered(anna, company.teamRoomId, await type('!assign Zacharias'));
  assert.match(String(nobody.content['body']), bernd.userId);
  assert.not.match(String(nobody.content['body']), 'Zacharias', 'words that were typed are not repeated');
  await type('!assign bernd');
  await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Bernd ${CANARY}`);
  await bernd.waitFor('the invitation', ({ kind, roomId }) => kind === 'invite' && roomId === talk.roomId);
});

commands('!label gives and takes labels, which the announcement shows', async ({ company, anna, talk }) => {
  const type = (body: string) => anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, body));
  await type(`!label ${CANARY} eilig`);
  await type('!label Retoure');
  await untilShown(anna, company.teamRoomId, talk.announcement, `Labels: ${CANARY} eilig, Retoure`);
  await type(`!label -${CANARY} EILIG`);
  await untilShown(anna, company.teamRoomId, talk.announcement, /Labels: Retoure/);
  const listed = await untilAnswered(anna, company.teamRoomId, await type('!label'));
  assert.is(listed.content['body'], 'Labels: Retoure.');
});

commands(
  "!reply sends a canned reply in the person's language, and it counts as an answer of the company",
  async ({ stack, company, anna }) => {
    const talk = await openConversation(stack, company, anna);
    const stream = await talk.visitor.openStream();
    await anna.say(talk.roomId, `!reply ${CANARY}-gruss`);
    const event = await stream.waitForBody(`${CANARY} Guten Tag`);
    assert.is(event.sender.kind, 'company');
    await stream.waitForSummary('the answer', ({ status }) => status === 'open');
    await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Anna ${CANARY}`);
    const type = (body: string) => anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, body));
    const missing = await untilAnswered(anna, company.teamRoomId, await type('!reply fehlt'));
    assert.match(String(missing.content['body']), `${CANARY}-gruss`);
    assert.equal(stream.bodies(), [`${CANARY} Guten Tag`]);
    await stream.close();
  },
);

commands('a misspelt command is answered beside any thread too, other words with an exclamation mark are not', async (context) => {
  const { company, anna } = context;
  const other = await anna.say(company.teamRoomId, '!wetterbericht');
  const misspelt = await untilAnswered(anna, company.teamRoomId, await anna.say(company.teamRoomId, '!hlep'));
  assert.match(String(misspelt.content['body']), '!help');
  assert.not.ok(anna.heard.some(({ event }) => JSON.stringify(event?.content['m.relates_to'] ?? {}).includes(other)));
});

commands('!reopen opens what was closed, and both are refused with a sentence where they do not fit', async ({ company, anna, talk }) => {
  const stream = await talk.visitor.openStream();
  const type = (body: string) => anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, body));
  const early = await untilAnswered(anna, company.teamRoomId, await type('!reopen'));
  assert.match(String(early.content['body']), 'nicht geschlossen');
  await type('!close');
  await stream.waitForSummary('the end', ({ status }) => status === 'closed');
  const again = await untilAnswered(anna, company.teamRoomId, await type('!close'));
  assert.match(String(again.content['body']), '!reopen');
  await type('!reopen');
  await stream.waitForSummary('the new beginning', ({ status, closedAt }) => status === 'waiting' && closedAt === null);
  await stream.close();
});

commands('!who answers in the thread, and the answer is indexed as being about the person', async ({ rows, company, anna, talk }) => {
  const asked = await anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, '!who'));
  const answer = await untilAnswered(anna, company.teamRoomId, asked);
  assert.match(String(answer.content['body']), 'nichts von sich angegeben');
  const about = await eventually('the answer to be indexed', async () => {
    const [row] = await rows<{ event_id: string; about_person: string | null; conversation_id: string }>('conversation_event').where({
      event_id: answer.event_id,
    });
    return row;
  });
  assert.is(about.conversation_id, talk.id);
  assert.is.not(about.about_person, null);
});

commands('wrong commands are answered with what may have been meant', async ({ company, anna, talk }) => {
  const type = (body: string) => anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, body));
  for (const [body, words] of [
    ['!clsoe', '!close'],
    ['!assign', '!assign NAME'],
    ['!blafasel', '!help'],
    ['!handover Nirgendwo', 'Diese Abteilung gibt es nicht'],
  ] as const) {
    assert.match(String((await untilAnswered(anna, company.teamRoomId, await type(body))).content['body']), words);
  }
  const help = String((await untilAnswered(anna, company.teamRoomId, await type('!help'))).content['body']);
  for (const name of ['!claim', '!assign', '!handover', '!close', '!reopen', '!label', '!reply', '!who', '!away', '!here'])
    assert.match(help, name);
});

commands(
  'a mistyped command in the conversation is taken back, answered in the thread, and never shown',
  async ({ company, anna, talk }) => {
    const stream = await talk.visitor.openStream();
    const listening = anna.fromNow();
    const typed = await anna.say(talk.roomId, `!clsoe ${CANARY} endlich`);
    await anna.waitForEvent(talk.roomId, 'the redaction', (event) => (event.content['redacts'] ?? event.redacts) === typed);
    await listening.waitForEvent(
      company.teamRoomId,
      'the answer in the thread',
      ({ content }) =>
        content['msgtype'] === 'm.notice' &&
        JSON.stringify(content).includes(talk.announcement.event_id) &&
        String(content['body']).includes('!close'),
    );
    await anna.say(talk.roomId, `${CANARY} danach`);
    await stream.waitForBody(`${CANARY} danach`);
    assert.equal(stream.bodies(), [`${CANARY} danach`]);
    assert.not.match(talk.visitor.everything(), 'endlich');
    await stream.close();
  },
);

commands('outside a thread a command is told where it belongs, other words with ! are left alone', async ({ company, anna }) => {
  const typed = await anna.say(company.teamRoomId, '!claim');
  await anna.say(company.teamRoomId, '!wetter morgen');
  const notice = await anna.send(company.teamRoomId, 'm.room.message', { msgtype: 'm.notice', body: '!help' });
  const answer = await untilAnswered(anna, company.teamRoomId, typed);
  assert.match(String(answer.content['body']), 'als Antwort auf die Ankündigung');
  const help = await anna.say(company.teamRoomId, '!help');
  await untilAnswered(anna, company.teamRoomId, help);
  const answered = anna.heard.flatMap(({ event }) => {
    const relation = event?.content['m.relates_to'] as { 'm.in_reply_to'?: { event_id?: string } } | undefined;
    return event?.sender === company.userId ? [relation?.['m.in_reply_to']?.event_id] : [];
  });
  assert.not.ok(answered.includes(notice), 'a notice is never answered');
});

commands('the announcement and all edits of it hold no word and no name of the person', async ({ company, anna, confided: talk }) => {
  await anna.send(company.teamRoomId, 'm.room.message', inThread(talk.announcement.event_id, '!claim'));
  await untilShown(anna, company.teamRoomId, talk.announcement, 'Bei Anna');
  await anna.say(talk.roomId, '!close');
  await untilShown(anna, company.teamRoomId, talk.announcement, 'geschlossen');
  const written = JSON.stringify(
    anna.heard.filter(({ roomId, event }) => roomId === company.teamRoomId && event?.sender === company.userId),
  );
  for (const secret of ['Erika', 'geheim', 'visitor_']) assert.not.match(written, secret);
});

commands('a member of another company, and the person, command nothing', async ({ stack, talk }) => {
  const other = await newCompany(stack);
  const stranger = await other.newAgent();
  const statusNow = async () => (await talk.visitor.conversations())[0]?.status;
  const status = await statusNow();
  assert.is.not(status, 'closed');
  await talk.visitor.say('!close');
  // A thread over rooms is refused by the homeserver itself; a reply is not.
  await stranger.send(other.teamRoomId, 'm.room.message', inReply(talk.announcement.event_id, '!close'));
  // What they type where they may is answered, and comes after.
  await untilAnswered(stranger, other.teamRoomId, await stranger.say(other.teamRoomId, '!help'));
  assert.is(await statusNow(), status);
  await stranger.stop();
});

commands.run();
