import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import type { Agent } from '../agents/agent.ts';
import { openRows, roomOfAnnouncement } from '../conversation-facts.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, newMatrixUser, newPlainUser, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { openVisitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';
import { inviteCompany, waitForCarried, waitForNotice, waitUntilLeft } from './front-door-fixture.ts';

/** A room in which somebody has spoken with another company, whose ghost leaves it after a while. */
type EarlierTalk = { readonly person: Agent; readonly other: TestCompany; readonly room: string };

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  /** A company that was made before the other and is not open. */
  draft: TestCompany;
  agent: CompanyAgent;
  customer: Agent;
  /** Whom the homeserver lets invite anybody. */
  admin: Agent;
  /** Ghost of a visitor who has written. */
  ghost: string;
  firstRoom: string;
  earlier: EarlierTalk;
};

/** Both suites have the same companies and people; what is found comes first, before anybody shares a room with the company. */
const shared = {} as Context;
const finding = suite('finding a company', shared);
const frontDoor = suite('the front door', shared);

async function talkToAnother(stack: StackAccess): Promise<EarlierTalk> {
  const person = await newMatrixUser(stack);
  const other = await newCompany(stack);
  const made = await person.call('POST', '/_matrix/client/v3/createRoom', { preset: 'private_chat', invite: [other.userId] });
  const room = String(made.body['room_id']);
  await person.say(room, `${CANARY} Notiz an mich`);
  await person.join((await waitForNotice(person, other, room)).roomId);
  return { person, other, room };
}

/** A visitor writes; answers the ghost. */
async function ghostOfVisitor({ stack, rows, company }: Context): Promise<string> {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId: id } = await visitor.say(`${CANARY} hier ist ein Gast`);
  const { user_id: ghost } = await rows('person_identity')
    .join('conversation', 'conversation.person_id', 'person_identity.person_id')
    .where({ 'conversation.id': id })
    .first<{ user_id: string }>('user_id');
  return ghost;
}

finding.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.draft = await newCompany(context.stack, { status: 'draft' });
  context.company = await newCompany(context.stack);
  context.customer = await newMatrixUser(context.stack);
  context.ghost = await ghostOfVisitor(context);
});
frontDoor.before(async (context) => {
  context.earlier = await talkToAnother(context.stack);
  context.agent = await context.company.newAgent();
  context.admin = await newMatrixUser(context.stack, { admin: true });
});
frontDoor.after(async ({ rows, agent, customer, admin, earlier }) => {
  await Promise.all([agent, earlier.person, customer, admin].map((each) => each.stop()));
  await rows.destroy();
});

type Found = { user_id: string; display_name: string };

/** Searches as a client does: slowly, for the homeserver lets nobody collect names. */
const search = (person: Agent, term: string): Promise<Found[]> =>
  eventually('an answer of the user directory', async () => {
    const { status, body } = await person.call('POST', '/_matrix/client/v3/user_directory/search', { search_term: term, limit: 50 });
    if (status === 429) await wait(Number(body['retry_after_ms']));
    return status === 200 ? (body['results'] as Found[]) : undefined;
  });

const untilFound = (person: Agent, company: TestCompany, isFound: boolean): Promise<true> =>
  eventually(`the company to be found: ${String(isFound)}`, async () =>
    (await search(person, company.slug)).some(({ user_id: id }) => id === company.userId) === isFound ? true : undefined,
  );

finding('who shares no room with it finds an open company by its name', async ({ customer, company }) => {
  await untilFound(customer, company, true);
  const [found] = await search(customer, company.name);
  assert.equal([found?.user_id, found?.display_name], [company.userId, company.name]);
});

finding('its name is shown to whoever asks, and that of other people is not', async ({ customer, company, stack }) => {
  const profile = await customer.call('GET', `/_matrix/client/v3/profile/${encodeURIComponent(company.userId)}`);
  assert.equal([profile.status, profile.body['displayname']], [200, company.name]);
  const stranger = await newPlainUser(stack);
  const refused = await customer.call('GET', `/_matrix/client/v3/profile/${encodeURIComponent(stranger.userId)}`);
  assert.equal([refused.status, refused.errcode], [403, 'M_FORBIDDEN']);
  const anybody = await callJson(`${stack.homeserverUrl}/_matrix/client/v3/profile/${encodeURIComponent(company.userId)}`);
  assert.is(anybody.status, 401);
});

finding('a company that is suspended is not found, and is found again afterwards', async ({ customer, company }) => {
  await untilFound(customer, company, true);
  assert.is((await company.operate('POST', '/suspend')).status, 200);
  await untilFound(customer, company, false);
  assert.is((await company.operate('POST', '/resume')).status, 200);
  await untilFound(customer, company, true);
});

finding('a draft is not found', async ({ customer, company, draft }) => {
  // The company was made later: whatever would have listed the draft has run by now.
  await untilFound(customer, company, true);
  assert.equal(await search(customer, draft.slug), []);
});

finding('a new name is found', async ({ customer, company }) => {
  const name = `Umbenannt ${company.slug}`;
  await company.operate('PUT', '/name', { name });
  await eventually('the new name', async () =>
    (await search(customer, 'Umbenannt')).some((one) => one.display_name === name) ? true : undefined,
  );
});

finding('visitors, service accounts and other people are not found', async ({ customer, company, ghost, stack }) => {
  assert.match(ghost, /^@visitor_/);
  assert.is((await company.operate('POST', '/service-accounts', { name: 'bot' })).status, 201);
  const other = await newPlainUser(stack);
  for (const term of ['visitor', 'service', 'smoope', 'kanari', ghost, other.userId]) {
    const found = await search(customer, term);
    assert.equal(
      // Who has made a room of their own public can be found; another suite does.
      found.filter(({ user_id: id }) => /^@(visitor|service)_/.test(id) || id === other.userId),
      [],
      term,
    );
  }
});

finding('the room that lists them is silent: nobody enters it, nobody speaks in it', async ({ customer, stack }) => {
  const alias = encodeURIComponent(`#smoope_companies:${stack.serverName}`);
  const entered = await customer.call('POST', `/_matrix/client/v3/join/${alias}`);
  assert.equal([entered.status, entered.errcode], [403, 'M_FORBIDDEN']);
  const { body } = await customer.call('GET', `/_matrix/client/v3/directory/room/${alias}`);
  const room = encodeURIComponent(String(body['room_id']));
  const said = await customer.call('PUT', `/_matrix/client/v3/rooms/${room}/send/m.room.message/kanari1`, {
    msgtype: 'm.text',
    body: 'kanari',
  });
  assert.is(said.status, 403);
});

finding('clients are told not to encrypt new direct chats by themselves', async ({ stack }) => {
  const { status, body } = await callJson(`${stack.homeserverUrl}/.well-known/matrix/client`);
  assert.equal([status, body['io.element.e2ee']], [200, { default: false }]);
});

/** Conversations with a company, by the Matrix id of the person. */
const conversationsOf = ({ rows, company }: Context, userId: string): Promise<{ room_id: string; channel: string; kind: string }[]> =>
  rows('conversation')
    .join('person_identity', 'person_identity.person_id', 'conversation.person_id')
    .where({ user_id: userId, company_id: company.id })
    .select('room_id', 'channel', 'kind');

const waitForAnnouncementOf = ({ agent, company }: Context, roomId: string) =>
  agent.waitForEvent(
    company.teamRoomId,
    'the announcement',
    ({ sender, content }) => sender === company.userId && String(content['body']).includes(encodeURIComponent(roomId.slice(1))),
  );

frontDoor('who invites a company writes at once in a conversation with it, and an agent answers there', async (context) => {
  const { customer, agent, company } = context;
  const first = await inviteCompany(customer, company);
  await customer.say(first, `${CANARY} Haben Sie noch Plätze?`);
  const told = await waitForNotice(customer, company, first);
  assert.match(told.body, /hat einen eigenen Raum/);
  await customer.join(told.roomId);
  const carried = await waitForCarried(customer, company, told.roomId, `${CANARY} Haben Sie noch Plätze?`);
  assert.match(String(carried.content['body']), /^Zuvor an uns geschrieben:\n> /);

  const announcement = await waitForAnnouncementOf(context, told.roomId);
  assert.match(String(announcement.content['body']), /^🟠 Unterhaltung \d+ · wartet .* · Matrix\n/u);
  assert.is(roomOfAnnouncement(announcement), told.roomId);
  await agent.join(told.roomId);
  await agent.waitForEvent(told.roomId, 'the words', ({ content }) => String(content['body']).includes('Haben Sie noch Plätze?'));
  await agent.say(told.roomId, `${CANARY} Zwei noch.`);
  await customer.waitForEvent(told.roomId, 'the answer', ({ content }) => content['body'] === `${CANARY} Zwei noch.`);
  await customer.say(told.roomId, `${CANARY} Ich nehme beide.`);
  await agent.waitForEvent(told.roomId, 'the reply', ({ content }) => content['body'] === `${CANARY} Ich nehme beide.`);
  assert.equal(await conversationsOf(context, customer.userId), [{ room_id: told.roomId, channel: 'matrix', kind: 'customer' }]);
  context.firstRoom = first;
});

frontDoor('a second invitation finds the same conversation, and what is said there goes on in it', async (context) => {
  const { customer, company } = context;
  const [known] = await conversationsOf(context, customer.userId);
  const second = await inviteCompany(customer, company);
  const told = await waitForNotice(customer, company, second);
  assert.is(told.roomId, known?.room_id);
  await customer.say(second, `${CANARY} noch eine Frage`);
  await waitForCarried(customer, company, told.roomId, `${CANARY} noch eine Frage`);
  assert.is((await conversationsOf(context, customer.userId)).length, 1);
});

frontDoor('who takes back or corrects what they wrote there has it taken back or corrected in the conversation', async (context) => {
  const { customer, company } = context;
  const room = await inviteCompany(customer, company);
  const wrong = await customer.say(room, `${CANARY} meine Nummer ist 7`);
  const correct = await customer.say(room, `${CANARY} bis Freitg`);
  const told = await waitForNotice(customer, company, room);
  const carriedWrong = await waitForCarried(customer, company, told.roomId, `${CANARY} meine Nummer ist 7`);
  const carriedCorrect = await waitForCarried(customer, company, told.roomId, `${CANARY} bis Freitg`);
  await customer.redact(room, wrong);
  await customer.send(room, 'm.room.message', {
    msgtype: 'm.text',
    body: `* ${CANARY} bis Freitag`,
    'm.new_content': { msgtype: 'm.text', body: `${CANARY} bis Freitag` },
    'm.relates_to': { rel_type: 'm.replace', event_id: correct },
  });
  await customer.waitForEvent(
    told.roomId,
    'the redaction',
    ({ type, content, redacts }) => type === 'm.room.redaction' && (content['redacts'] ?? redacts) === carriedWrong.event_id,
  );
  const replacement = await customer.waitForEvent(
    told.roomId,
    'the correction',
    ({ content }) => (content['m.relates_to'] as { rel_type?: string } | undefined)?.rel_type === 'm.replace',
  );
  assert.is((replacement.content['m.relates_to'] as { event_id: string }).event_id, carriedCorrect.event_id);
  assert.match((replacement.content['m.new_content'] as { body: string }).body, `> ${CANARY} bis Freitag`);
});

frontDoor('a file goes along, and the agent can open it', async (context) => {
  const { customer, agent, company, stack } = context;
  const room = await inviteCompany(customer, company);
  const upload = await fetch(`${stack.homeserverUrl}/_matrix/media/v3/upload?filename=plan.txt`, {
    method: 'POST',
    headers: { authorization: `Bearer ${customer.accessToken}`, 'content-type': 'text/plain' },
    body: `${CANARY} Plan`,
  });
  const { content_uri: url } = (await upload.json()) as { content_uri: string };
  await customer.send(room, 'm.room.message', { msgtype: 'm.file', body: 'plan.txt', url, info: { mimetype: 'text/plain', size: 11 } });
  const told = await waitForNotice(customer, company, room);
  const carried = await agent.waitForEvent(told.roomId, 'the file', ({ content }) => content['url'] === url);
  assert.equal([carried.sender, carried.content['filename']], [company.userId, 'plan.txt']);
  const read = await fetch(`${stack.homeserverUrl}/_matrix/client/v1/media/download/${url.slice('mxc://'.length)}`, {
    headers: { authorization: `Bearer ${agent.accessToken}` },
  });
  assert.equal([read.status, await read.text()], [200, `${CANARY} Plan`]);
});

frontDoor('who sends what cannot be carried over is told that not all is there, before and after the company came', async (context) => {
  const { customer: person, company, stack } = context;
  const room = await inviteCompany(person, company);
  await person.send(room, 'm.room.message', { msgtype: 'm.location', body: 'Hier', geo_uri: 'geo:52.5,13.4' });
  await person.say(room, `${CANARY} hier stehe ich`);
  const told = await waitForNotice(person, company, room);
  assert.match(told.body, 'Nicht alles');
  assert.not.match(told.body, 'liegt dort vor');
  await person.join(told.roomId);
  await waitForCarried(person, company, told.roomId, `${CANARY} hier stehe ich`);

  const second = await inviteCompany(person, company);
  await person.say(second, `${CANARY} noch etwas`);
  const { eventId: complete, body } = await waitForNotice(person, company, second);
  assert.match(body, 'liegt dort vor');
  await person.send(second, 'm.sticker', { body: 'Winken', url: `mxc://${stack.serverName}/kanari`, info: {} });
  assert.match((await waitForNotice(person, company, second, complete)).body, 'Nicht alles');
});

frontDoor('where the first room is encrypted, the company asks for the words again and leaves', async (context) => {
  const { company, earlier } = context;
  const other = earlier.person;
  const encryption = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };
  const room = await inviteCompany(other, company, { initial_state: [encryption] });
  await other.send(room, 'm.room.encrypted', {
    algorithm: 'm.megolm.v1.aes-sha2',
    ciphertext: 'AwgA',
    session_id: 's',
    device_id: 'D',
    sender_key: 'k',
  });
  const told = await waitForNotice(other, company, room);
  // Whether words came before the company looked is not known, so none are spoken of.
  assert.match(told.body, 'auch wenn Sie es hier schon geschrieben haben');
  await waitUntilLeft(other, company, room, 10_000);
  await other.join(told.roomId);
  await other.say(told.roomId, `${CANARY} also noch einmal`);
  const announcement = await waitForAnnouncementOf(context, told.roomId);
  assert.is(roomOfAnnouncement(announcement), told.roomId);
});

frontDoor('in a room with others nothing is repeated, neither what came before nor what follows', async (context) => {
  const { company, stack } = context;
  // Only a server administrator can bring a second person into such a room.
  const [one, two] = [context.admin, await newPlainUser(stack)];
  const made = await one.call('POST', '/_matrix/client/v3/createRoom', { preset: 'private_chat', invite: [two.userId] });
  const room = String(made.body['room_id']);
  await one.say(room, `${CANARY} nur unter uns`);
  await one.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/invite`, { user_id: company.userId });
  const told = await waitForNotice(one, company, room);
  assert.not.match(told.body, 'liegt dort vor');
  await waitUntilLeft(one, company, room, 10_000);
  await one.join(told.roomId);
  assert.not.match(JSON.stringify(await one.messages(told.roomId, 50)), 'nur unter uns');
});

frontDoor('one person writes to several companies in conversations of their own, and no company learns of another', async (context) => {
  const { customer, rows } = context;
  const { other } = context.earlier;
  const room = await inviteCompany(customer, other);
  await customer.say(room, `${CANARY} für die andere Firma`);
  const told = await waitForNotice(customer, other, room);
  const [known] = await conversationsOf(context, customer.userId);
  assert.is.not(told.roomId, known?.room_id);
  await customer.join(told.roomId);
  await waitForCarried(customer, other, told.roomId, `${CANARY} für die andere Firma`);
  const members = await customer.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(told.roomId)}/joined_members`);
  assert.equal(Object.keys(members.body['joined'] as object).toSorted(), [customer.userId, other.userId].toSorted());
  const persons = await rows('conversation')
    .whereIn('room_id', [told.roomId, String(known?.room_id)])
    .pluck('person_id');
  assert.is(new Set(persons).size, 1, 'both belong to one person');
  assert.not.match(JSON.stringify(await customer.messages(String(known?.room_id), 100)), 'für die andere Firma');
});

frontDoor('a member of the company is told where conversations are, and no conversation is made', async (context) => {
  const { agent, company } = context;
  const room = await inviteCompany(agent, company);
  const told = await waitForNotice(agent, company, room);
  assert.match(told.body, 'Sie gehören zu');
  assert.is(told.roomId, company.teamRoomId);
  await waitUntilLeft(agent, company, room, 10_000);
  assert.equal(await conversationsOf(context, agent.userId), []);
});

frontDoor('a company that is not open refuses the invitation', async ({ customer, draft }) => {
  const room = await inviteCompany(customer, draft);
  await waitUntilLeft(customer, draft, room, 10_000);
});

frontDoor("a visitor's ghost follows no invitation", async ({ rows, company, admin, ghost }) => {
  const room = await inviteCompany(admin, { userId: ghost });
  await waitUntilLeft(admin, { ...company, userId: ghost }, room, 10_000);
  assert.is(await rows('front_door').where({ room_id: room }).first(), undefined);
});

frontDoor('somebody who invites again and again is refused after a while', async (context) => {
  const { company, stack, rows } = context;
  const program = await newMatrixUser(stack);
  await rows('front_door').insert(
    Array.from({ length: 10 }, (_, count) => ({
      room_id: `!kanari${count}${program.userId}`,
      company_id: company.id,
      user_id: program.userId,
      invite_event_id: '$kanari',
      leave_at: new Date(),
      left_at: new Date(),
    })),
  );
  const room = await inviteCompany(program, company);
  await waitUntilLeft(program, company, room, 10_000);
  assert.equal(await conversationsOf(context, program.userId), []);
  await program.stop();
});

frontDoor('what the person said to somebody else before the company was invited is not repeated', async ({ company, earlier }) => {
  const { person, other, room } = earlier;
  await waitUntilLeft(person, other, room);
  await person.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/invite`, { user_id: company.userId });
  await person.say(room, `${CANARY} Guten Tag`);
  const told = await waitForNotice(person, company, room);
  await person.join(told.roomId);
  await waitForCarried(person, company, told.roomId, `${CANARY} Guten Tag`);
  assert.not.match(JSON.stringify(await person.messages(told.roomId, 50)), 'Notiz an mich');
});

frontDoor(
  'once the person is in the conversation, the company leaves the room it was invited to',
  async ({ customer, company, firstRoom }) => {
    await waitUntilLeft(customer, company, firstRoom);
  },
);

frontDoor('no words and no names are kept in the rows', async ({ rows }) => {
  const dump = JSON.stringify([await rows('front_door').select(), await rows('carried_event').select(), await rows('outbox').select()]);
  for (const word of ['Plätze', 'Freitag', 'Notiz', 'für die andere']) assert.not.match(dump, word);
  await eventually('the outbox to have failed in nothing', async () =>
    (await rows('outbox').whereNotNull('failed_at').whereIn('action', ['openFrontDoor', 'carryEvent', 'leaveFrontDoor'])).length === 0
      ? true
      : undefined,
  );
});

finding.run();
frontDoor.run();
