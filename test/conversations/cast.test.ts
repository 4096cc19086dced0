import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Company } from '../../appservice/companies/company.ts';
import { createMemberStore } from '../../appservice/companies/member-store.ts';
import { createCastLoader } from '../../appservice/conversations/cast.ts';
import { createConversationReader, type ConversationReader } from '../../appservice/conversations/conversation-reader.ts';
import type { EventId, UserId } from '../../appservice/ids.ts';
import type { MatrixEvent } from '../../appservice/matrix/matrix-event.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { someConversation } from './conversation-fixture.ts';

const MEMBERS = 200;
const conversation = someConversation({ encrypted: true });
const { companyId, roomId } = conversation;
const userIdOf = (place: number) => `@agent-${place}:example.org` as UserId;

type Context = { test: TestDatabase; reader: ConversationReader; rowsOfMembers: number };

const casts = suite<Context>('who is who in a conversation');

casts.before(async (context) => {
  context.test = await openTestDatabase();
  const { database } = context.test;
  const userId = '@company_0a_acme:example.org';
  await database('company').insert({
    id: companyId,
    slug: 'acme',
    name: 'Acme',
    bucket: '0a',
    user_id: userId,
    device_id: 'D',
    settings: '{}',
  });
  const row = (place: number, more: object = {}) => ({
    id: `m${place}`,
    company_id: companyId,
    user_id: userIdOf(place),
    role: 'agent',
    display_name: `Name ${place}`,
    ...more,
  });
  const left = { id: 'before', display_name: 'Before', valid_from: new Date(0), valid_to: new Date(1) };
  await database('company_member').insert([
    ...Array.from({ length: MEMBERS }, (_, place) => row(place)),
    row(7, left),
    row(MEMBERS, { ...left, id: 'gone', display_name: 'Gone' }),
  ]);
  database.on('query-response', (rows: unknown, { sql }: { sql: string }) => {
    if (sql.includes('"company_member"') && Array.isArray(rows)) context.rowsOfMembers += rows.length;
  });
  const loadCast = createCastLoader({
    database,
    sources: {
      getCompany: async () => ({ slug: 'acme', name: 'Acme', logoMxc: null, userId: '@company_0a_acme:example.org' }) as Company,
      listMembersAmong: (on, id, userIds) => createMemberStore(on).listAmong(id, userIds),
      listUserIds: async () => ['@visitor_0a_1:example.org' as UserId],
    },
  });
  const unread = () => {
    throw new Error('nothing is read from Matrix');
  };
  const reading = { findEvent: unread, listBackwards: unread, listForwards: unread, listRelated: unread, findState: unread };
  context.reader = createConversationReader({ database, reading, loadCast, processId: 'p' });
});
casts.before.each((context) => {
  context.rowsOfMembers = 0;
});
casts.after(({ test }) => test.close());

async function shownName({ reader }: Context, sender: UserId): Promise<string | undefined> {
  const event: MatrixEvent = {
    eventId: '$e' as EventId,
    roomId,
    sender,
    type: 'm.room.encrypted',
    stateKey: undefined,
    content: {},
    at: 0,
    redacts: undefined,
    txnId: undefined,
    root: undefined,
    mxc: [],
  };
  return (await reader.show(conversation, event, 1))?.sender.name;
}

casts('of a company of 200 an event reads the one who wrote it', async (context) => {
  assert.is(await shownName(context, userIdOf(3)), 'Name 3');
  assert.is(context.rowsOfMembers, 1);
});

casts('who came back has the name of today, and who left keeps the one they had', async (context) => {
  assert.is(await shownName(context, userIdOf(7)), 'Name 7');
  assert.is(await shownName(context, userIdOf(MEMBERS)), 'Gone');
});

casts('who is no member speaks for the company', async (context) => {
  assert.is(await shownName(context, '@company_0a_acme:example.org' as UserId), 'Acme');
  assert.is(context.rowsOfMembers, 0);
});

casts('former members have an index, so that no other company is read for them', async ({ test: { database } }) => {
  const { rows } = await database.raw<{ rows: { indexdef: string }[] }>(
    `select indexdef from pg_indexes where tablename = 'company_member' and indexdef like '%(company_id, user_id)'`,
  );
  assert.is(rows.length, 1);
});

casts.run();
