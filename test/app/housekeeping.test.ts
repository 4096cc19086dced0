import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createHousekeeping } from '../../appservice/app-housekeeping.ts';
import { createLogger } from '../../appservice/logger.ts';
import { createVisitorSessionService } from '../../appservice/visitors/visitor-session-service.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

const housekeeping = suite<{ test: TestDatabase }>('housekeeping');

const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

housekeeping.before(async (context) => {
  context.test = await openTestDatabase();
});
housekeeping.after(async ({ test }) => {
  await test.close();
});

housekeeping('what has lived as long as the catalogue says is deleted, the rest stays', async ({ test: { database } }) => {
  const company = randomUUID();
  await database('company').insert({
    id: company,
    slug: 'acme',
    bucket: '0a',
    name: 'Acme',
    user_id: '@company_0a_acme:x',
    device_id: 'D',
    settings: '{}',
  });
  const session = (token: string, last_used_at: Date, ended_at: Date | null = null) => ({
    id: token,
    company_id: company,
    channel: 'widget',
    locale: 'de',
    token_hash: token,
    last_used_at,
    ended_at,
  });
  await database('visitor_session').insert([
    session('in use', daysAgo(89)),
    session('unused', daysAgo(91)),
    session('ended', daysAgo(1), new Date()),
  ]);
  await database('homeserver_transaction').insert([
    { txn_id: 'young', received_at: daysAgo(6) },
    { txn_id: 'old', received_at: daysAgo(8) },
  ]);
  const entry = (lane: string, failed_at: Date | null) => ({ lane, action: 'redact', payload: '{}', created_at: daysAgo(60), failed_at });
  await database('outbox').insert([entry('waits', null), entry('failed', daysAgo(29)), entry('failed long ago', daysAgo(31))]);
  await database('set_aside_event').insert([
    { event_id: '$young', room_id: '!r', error_code: 'x', created_at: daysAgo(29) },
    { event_id: '$old', room_id: '!r', error_code: 'x', created_at: daysAgo(31) },
  ]);

  const door = (room_id: string, left_at: Date | null) => ({
    room_id,
    company_id: company,
    user_id: '@anna:x',
    invite_event_id: '$invite',
    leave_at: daysAgo(3),
    left_at,
  });
  await database('front_door').insert([door('!open', null), door('!left', new Date()), door('!left long ago', daysAgo(2))]);
  await database('carried_event').insert({ event_id: '$written', room_id: '!left long ago', carried_event_id: '$carried' });

  const sessions = createVisitorSessionService({ database, findCompany: async () => undefined, sessionDays: 90, now: () => new Date() });
  const asked: Date[] = [];
  const uploads = { deleteUnsent: async (before: Date) => void asked.push(before) };
  const expired: string[] = [];
  const visitors = {
    codes: { deleteExpired: async () => void expired.push('codes') },
    identities: { deleteExpired: async () => void expired.push('identities') },
  };
  const accounts = { housekeep: async () => void expired.push('accounts') };
  const passkeys = { deleteExpired: async () => void expired.push('passkeys') };
  const networks = { housekeep: async () => void expired.push('networks') };
  const profiles = { housekeep: async () => void expired.push('profiles') };
  const apiSessions = { deleteExpired: async () => void expired.push('sessions of the API') };
  const agentInvitations = { deleteExpired: async () => void expired.push('invitations') };
  let isAsked = false;
  const contactForm = { deleteExpired: async () => void (isAsked = true) };
  const phones = {
    codes: { deleteExpired: async () => void expired.push('codes of phones') },
    spend: { deleteOld: async () => void expired.push('spend') },
  };
  await createHousekeeping({
    database,
    sessions,
    visitors,
    accounts,
    passkeys,
    networks,
    profiles,
    apiSessions,
    agentInvitations,
    uploads,
    contactForm,
    phones,
    log: createLogger({ level: 'silent' }),
  }).run();

  assert.ok(Math.abs((asked[0]?.getTime() ?? 0) - daysAgo(1).getTime()) < 60_000, 'files that were never sent go after a day');

  assert.equal(
    expired,
    [
      'codes',
      'identities',
      'accounts',
      'passkeys',
      'networks',
      'profiles',
      'sessions of the API',
      'invitations',
      'codes of phones',
      'spend',
    ],
    'codes, identities and counts that nobody needs go',
  );
  assert.ok(isAsked, 'links and forms that were sent');

  const left = async (table: string, column: string): Promise<unknown[]> => database(table).orderBy(column).pluck(column);
  assert.equal(await left('visitor_session', 'id'), ['in use']);
  assert.equal(await left('homeserver_transaction', 'txn_id'), ['young']);
  assert.equal(await left('outbox', 'lane'), ['failed', 'waits']);
  assert.equal(await left('set_aside_event', 'event_id'), ['$young']);
  assert.equal(await left('front_door', 'room_id'), ['!left', '!open']);
  assert.equal(await left('carried_event', 'event_id'), []);
});

housekeeping.run();
