import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createContactHash, createContactNoticeService } from '../../appservice/contact-form/contact-notice-service.ts';
import { noticeText } from '../../appservice/contact-form/contact-notice-texts.ts';
import type { ConversationId, PersonId, UserId } from '../../appservice/ids.ts';
import { addToOutbox } from '../../appservice/matrix/outbox-store.ts';
import { maskAddress, readNotificationAddress } from '../../appservice/notifications/notification-address.ts';
import type { NotificationWay } from '../../appservice/notifications/notification.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

const notices = suite<{ test: TestDatabase; companyId: string }>('wishes to be told of an answer');

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

notices.before(async (context) => {
  context.test = await openTestDatabase();
  context.companyId = randomUUID();
  const company = { id: context.companyId, slug: 'acme', bucket: '0a', name: 'Acme', user_id: '@company_0a_acme:x', device_id: 'D' };
  await context.test.database('company').insert({ ...company, settings: '{}' });
});
notices.after(({ test }) => test.close());

function serviceOn(
  { test: { database } }: { test: TestDatabase },
  { now = new Date(), ways = ['mail'] as readonly NotificationWay[] } = {},
) {
  return createContactNoticeService({
    database,
    addToOutbox,
    addresses: { read: readNotificationAddress, mask: maskAddress },
    ways,
    hash: createContactHash('key'),
    now: () => now,
  });
}

let number = 0;

async function newConversation({ test: { database }, companyId }: { test: TestDatabase; companyId: string }, closedAt: Date | null = null) {
  number += 1;
  const [id, personId] = [randomUUID() as ConversationId, randomUUID() as PersonId];
  await database('person').insert({ id: personId, locale: 'de' });
  await database('conversation').insert({
    id,
    company_id: companyId,
    number,
    person_id: personId,
    room_id: `!${number}`,
    encrypted: false,
    channel: 'form',
    status: closedAt === null ? 'open' : 'closed',
    closed_at: closedAt,
  });
  return { conversationId: id, personId, userId: `@visitor_0a_${number}:x` as UserId };
}

notices('the same address within a minute has no effect, and a proven one is not asked about again', async (context) => {
  const { database } = context.test;
  const link = await newConversation(context);
  const codes = async (): Promise<number> => (await database('contact_code').where({ conversation_id: link.conversationId })).length;
  const service = serviceOn(context);
  for (let time = 0; time < 3; time += 1) assert.is(await service.ask(link, 'a@example.de', 'de'), undefined);
  assert.is(await codes(), 1, 'a form that is sent three times');
  const later = serviceOn(context, { now: new Date(Date.now() + 2 * MINUTE_MS) });
  await later.ask(link, 'a@example.de', 'de');
  assert.is(await codes(), 2, 'the code was lost');
  await database('contact_notice').where({ conversation_id: link.conversationId }).update({ proven_at: new Date() });
  await serviceOn(context, { now: new Date(Date.now() + 4 * MINUTE_MS) }).ask(link, 'a@example.de', 'de');
  assert.is(await codes(), 2);
  assert.equal(await service.stateOf(link.conversationId), { ways: ['mail'], state: 'proven', address: 'a…@example.de' });
});

notices('a way on which nothing can be sent is refused like what is no address', async (context) => {
  const link = await newConversation(context);
  assert.is(await serviceOn(context).ask(link, '0171 2345678', 'de'), 'invalid');
  assert.is(await serviceOn(context, { ways: [] }).ask(link, 'b@example.de', 'de'), 'invalid');
  assert.is((await serviceOn(context).stateOf(link.conversationId)).state, 'none');
});

notices('one conversation asks for five codes a day, whatever the addresses', async (context) => {
  const link = await newConversation(context);
  const service = serviceOn(context);
  for (let time = 1; time <= 5; time += 1) assert.is(await service.ask(link, `n${time}@example.de`, 'de'), undefined);
  assert.is(await service.ask(link, 'n6@example.de', 'de'), 'tooManyCodes');
  const tomorrow = serviceOn(context, { now: new Date(Date.now() + DAY_MS + MINUTE_MS) });
  assert.is(await tomorrow.ask(link, 'n6@example.de', 'de'), undefined);
});

notices('no code is right while none was sent', async (context) => {
  const link = await newConversation(context);
  const service = serviceOn(context);
  assert.is(await service.prove(link.conversationId, '123456'), 'wrongCode');
  await service.ask(link, 'c@example.de', 'de');
  for (const entered of ['', '123456', 'null', "' or 1=1"]) assert.is(await service.prove(link.conversationId, entered), 'wrongCode');
});

notices('addresses live as long as the catalogue says', async (context) => {
  const { database } = context.test;
  const kept = async (asked: Date, proven: boolean, closedAt: Date | null): Promise<boolean> => {
    const link = await newConversation(context, closedAt);
    await serviceOn(context, { now: asked }).ask(link, `${randomUUID()}@example.de`, 'de');
    if (proven) await database('contact_notice').where({ conversation_id: link.conversationId }).update({ proven_at: asked });
    await serviceOn(context).deleteExpired();
    return (await serviceOn(context).stateOf(link.conversationId)).state !== 'none';
  };
  assert.ok(await kept(daysAgo(0.9), false, null));
  assert.not.ok(await kept(daysAgo(1.1), false, null), 'not proven for a day');
  assert.ok(await kept(daysAgo(100), true, null));
  assert.ok(await kept(daysAgo(100), true, daysAgo(29)));
  assert.not.ok(await kept(daysAgo(100), true, daysAgo(31)), 'closed for a month');
  assert.is((await database('contact_code').where('asked_at', '<', daysAgo(1))).length, 0);
});

notices('the name of a company makes no link and no further line', () => {
  const gaps = { company: 'Bank\n\u202ewww.example.org/x', code: '1', link: 'https://chat.example/l', minutes: 15, days: 7 };
  const { text, subject } = noticeText('answer', 'de', gaps);
  assert.not.match(text + subject, /example\.org|[\n\u202e]/);
  assert.match(text, 'https://chat.example/l');
  assert.match(noticeText('code', 'fr', gaps).text, 'is your code for notices');
});

notices.run();
