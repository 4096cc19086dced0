import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountActivityStore } from '../../appservice/accounts/account-activity-store.ts';
import { accountMail } from '../../appservice/accounts/account-mails.ts';
import { createUnusedAccounts, monthsBefore } from '../../appservice/accounts/unused-accounts.ts';
import type { AccountId } from '../../appservice/ids.ts';
import { createLogger } from '../../appservice/logger.ts';
import { openBrowser } from '../openid/test-browser.ts';
import { startOpenid, walkThrough, type OpenidFixture } from '../openid/openid-fixture.ts';
import { carryOut, idOf, newNumber, newPerson, register } from './person-fixture.ts';

type Context = { openid: OpenidFixture };

const unused = suite<Context>('accounts that nobody uses');
unused.before(async (context) => {
  context.openid = await startOpenid();
});
unused.before.each(({ openid }) => openid.database('account_activity').delete());
unused.after(({ openid }) => openid.close());

const DAY_MS = 86_400_000;
const MONTHS = 24;
/** When the accounts of a test were used last. */
const BEGIN = new Date('2026-03-15T12:00:00Z');
const END = new Date('2028-03-15T12:00:00Z');
const WARNING = new Date(END.getTime() - 30 * DAY_MS);
const REMINDER = new Date(END.getTime() - 7 * DAY_MS);
const shortlyBefore = (date: Date): Date => new Date(date.getTime() - 1);

/** The job on a clock of its own, for one account: all others have just been used. */
async function jobFor({ openid: { database, accounts } }: Context, id: string) {
  const clock = { now: BEGIN };
  const erasures: AccountId[] = [];
  const matrix: { used: Date | null; isAway: boolean; isErasureAway: boolean } = { used: null, isAway: false, isErasureAway: false };
  await database.raw(
    `insert into account_activity (account_id, last_active_at) select id, case when id = ? then ?::timestamptz else ?::timestamptz end from account
     on conflict (account_id) do update set last_active_at = excluded.last_active_at, warned_at = null, reminded_at = null`,
    [id, BEGIN, new Date('2100-01-01')],
  );
  const job = createUnusedAccounts({
    database,
    months: MONTHS,
    async lastMatrixUse() {
      if (matrix.isAway) throw new Error('the homeserver is away');
      return matrix.used;
    },
    tell: accounts.means.notices.tell,
    close: accounts.means.restrictions.close,
    async requestErasure(account) {
      if (matrix.isErasureAway) throw new Error('cannot now');
      erasures.push(account);
    },
    log: createLogger({ level: 'silent' }),
    now: () => clock.now,
  });
  return {
    matrix,
    erasures,
    async at(date: Date): Promise<void> {
      clock.now = date;
      await job.housekeep();
    },
    row: async () =>
      database<{ account_id: string; warned_at: Date | null; closed_at: Date | null }>('account_activity')
        .where({ account_id: id })
        .first(),
    notices: (): Promise<unknown[]> => database('outbox').where({ lane: id, action: 'tellAccount' }).pluck('payload'),
    isClosed: async () => (await accounts.means.restrictions.find(id as AccountId))?.isClosed === true,
  };
}

async function registered({ openid }: Context) {
  const [person, number] = [await newPerson(openid), newNumber()];
  return { person, number, id: await register(openid, person, number) };
}

unused('30 days before the end, and not a moment earlier, the owner is told once, on every way that is proved', async (context) => {
  const { openid } = context;
  const { person, number, id } = await registered(context);
  await person.ask('/api/v1/account/email', { email: 'kanari-unused@example.org' }, 'PUT');
  const token = /#(\S+)/.exec(openid.messagesTo('kanari-unused@example.org').at(-1)?.text ?? '')?.[1];
  assert.is((await person.ask('/account/email', { token })).status, 204);
  const job = await jobFor(context, id);
  await job.at(shortlyBefore(WARNING));
  assert.is((await job.row())?.warned_at, null);
  await job.at(WARNING);
  assert.equal((await job.row())?.warned_at, WARNING);
  await job.at(new Date(WARNING.getTime() + DAY_MS));
  assert.is((await job.notices()).length, 1);
  await carryOut(openid);
  assert.match(openid.messagesTo(number).at(-1)?.text ?? '', 'in 30 Tagen geschlossen');
  assert.match(openid.messagesTo('kanari-unused@example.org').at(-1)?.subject ?? '', 'in 30 Tagen geschlossen');
  assert.is(await job.isClosed(), false);
});

unused('7 days before the end, and not a moment earlier, the owner is told a second time, and once', async (context) => {
  const { openid } = context;
  const { number, id } = await registered(context);
  const job = await jobFor(context, id);
  await job.at(WARNING);
  await job.at(shortlyBefore(REMINDER));
  assert.is((await job.notices()).length, 1);
  await job.at(REMINDER);
  await job.at(new Date(REMINDER.getTime() + DAY_MS));
  assert.is((await job.notices()).length, 2);
  await carryOut(openid);
  assert.match(openid.messagesTo(number).at(-1)?.text ?? '', 'in 7 Tagen geschlossen');
  const [german, english] = ['de', 'en'].map((locale) => accountMail('unusedSoon', locale, 'https://x.example/'));
  assert.match(german?.subject ?? '', 'in 7 Tagen geschlossen');
  assert.match(english?.text ?? '', 'closed in 7 days');
});

unused('who was told the second time late is closed 7 days later, and no earlier', async (context) => {
  const { id } = await registered(context);
  const job = await jobFor(context, id);
  await job.at(WARNING);
  await job.at(END);
  assert.equal([(await job.notices()).length, await job.isClosed()], [2, false]);
  const last = new Date(END.getTime() + 7 * DAY_MS);
  await job.at(shortlyBefore(last));
  assert.is(await job.isClosed(), false);
  await job.at(last);
  assert.is(await job.isClosed(), true);
});

unused(
  'after 24 months, and not a moment earlier, the account is closed, signed out everywhere, and its erasure asked for once',
  async (context) => {
    const { person, id } = await registered(context);
    const job = await jobFor(context, id);
    await job.at(WARNING);
    await job.at(REMINDER);
    await job.at(shortlyBefore(END));
    assert.is(await job.isClosed(), false);
    assert.is(await idOf(person), id, 'still signed in');
    await context.openid
      .database('account_activity')
      .where({ account_id: id })
      .update({ last_active_at: BEGIN, warned_at: WARNING, reminded_at: REMINDER });
    await job.at(END);
    assert.is(await job.isClosed(), true);
    assert.is(await idOf(person), '');
    assert.is((await context.openid.database('outbox').where({ lane: id, action: 'endDevices' })).length, 1);
    await job.at(new Date(END.getTime() + DAY_MS));
    assert.equal(job.erasures, [id]);
  },
);

unused('who was told late has 30 days from then', async (context) => {
  const { id } = await registered(context);
  const job = await jobFor(context, id);
  const late = new Date(END.getTime() + 100 * DAY_MS);
  await job.at(late);
  assert.is((await job.notices()).length, 1);
  await job.at(new Date(late.getTime() + 23 * DAY_MS));
  assert.is((await job.notices()).length, 2);
  const last = new Date(late.getTime() + 30 * DAY_MS);
  await job.at(shortlyBefore(last));
  assert.is(await job.isClosed(), false);
  await job.at(last);
  assert.is(await job.isClosed(), true);
});

unused('a sign-in after the warning keeps the account; the time begins anew, and so do warning and end', async (context) => {
  const { openid } = context;
  const { id } = await registered(context);
  const job = await jobFor(context, id);
  await job.at(WARNING);
  await job.at(REMINDER);
  const back = new Date(END.getTime() - DAY_MS);
  await createAccountActivityStore(openid.database).note(id as AccountId, back);
  await job.at(END);
  assert.equal([await job.isClosed(), (await job.row())?.warned_at], [false, null]);
  const later = new Date(new Date('2030-03-14T12:00:00Z').getTime() - 30 * DAY_MS);
  await job.at(shortlyBefore(later));
  assert.is((await job.notices()).length, 2);
  await job.at(later);
  assert.is((await job.notices()).length, 3);
  await job.at(new Date(later.getTime() + 23 * DAY_MS));
  assert.is((await job.notices()).length, 4, 'the second warning as well');
});

unused('a Matrix client in use keeps the account, before the warning and after it', async (context) => {
  const { id } = await registered(context);
  const job = await jobFor(context, id);
  job.matrix.used = new Date(WARNING.getTime() - DAY_MS);
  await job.at(WARNING);
  assert.is((await job.notices()).length, 0);
  const next = monthsBefore(job.matrix.used, -MONTHS);
  await job.at(new Date(next.getTime() - 30 * DAY_MS));
  assert.is((await job.notices()).length, 1);
  job.matrix.used = new Date(next.getTime() - DAY_MS);
  await job.at(next);
  assert.equal([await job.isClosed(), (await job.row())?.warned_at], [false, null]);
});

unused('a use that the homeserver forgets with the client is known: it is asked every month', async (context) => {
  const { id } = await registered(context);
  const job = await jobFor(context, id);
  job.matrix.used = new Date('2027-06-01T12:00:00Z');
  await job.at(new Date('2027-06-10T12:00:00Z'));
  job.matrix.used = null;
  await job.at(END);
  assert.equal([(await job.notices()).length, await job.isClosed()], [0, false]);
});

unused('nothing happens to an account while the homeserver cannot be asked', async (context) => {
  const { id } = await registered(context);
  const job = await jobFor(context, id);
  job.matrix.isAway = true;
  await job.at(WARNING);
  assert.is((await job.notices()).length, 0);
  job.matrix.isAway = false;
  await job.at(WARNING);
  job.matrix.isAway = true;
  await job.at(REMINDER);
  assert.is((await job.notices()).length, 1);
  job.matrix.isAway = false;
  await job.at(REMINDER);
  job.matrix.isAway = true;
  await job.at(END);
  assert.is(await job.isClosed(), false);
});

unused('an erasure that could not be asked for is asked for again, until it was', async (context) => {
  const { id } = await registered(context);
  const job = await jobFor(context, id);
  await job.at(WARNING);
  await job.at(REMINDER);
  job.matrix.isErasureAway = true;
  await job.at(END);
  assert.equal([await job.isClosed(), job.erasures], [true, []]);
  job.matrix.isErasureAway = false;
  await job.at(END);
  assert.equal(job.erasures, [id]);
});

unused('an account that was closed is signed in to no more, and its number makes a new one', async (context) => {
  const { openid } = context;
  const { number, id } = await registered(context);
  const job = await jobFor(context, id);
  await job.at(WARNING);
  await job.at(REMINDER);
  await job.at(END);
  const account = await openid.accounts.accounts.find(id as AccountId);
  assert.ok(account);
  const browser = openBrowser(openid.server.origin, { 'x-forwarded-for': '10.200.0.1' });
  try {
    await walkThrough(openid, browser, account);
    assert.unreachable('the sign-in was taken');
  } catch (error) {
    assert.match(String(error), 'COM_SMOOPE_NOT_PROVEN');
  }
  // By then its last proof is long past.
  await openid.database('account_number').where({ account_id: id }).update({ proved_at: BEGIN });
  assert.is.not(await register(openid, await newPerson(openid), number), id);
});

unused('signing in, and a Matrix client that a browser signs in, count as use; to the day, and never back', async (context) => {
  const { openid } = context;
  const { person, id } = await registered(context);
  const row = async (): Promise<Date | undefined> =>
    (await openid.database<{ account_id: string; last_active_at: Date }>('account_activity').where({ account_id: id }).first())
      ?.last_active_at;
  assert.ok(Math.abs(((await row())?.getTime() ?? 0) - Date.now()) < 60_000);
  const store = createAccountActivityStore(openid.database);
  const first = await row();
  await store.note(id as AccountId, new Date(Date.now() + DAY_MS / 2));
  assert.equal(await row(), first);
  await store.note(id as AccountId, new Date(0));
  assert.equal(await row(), first);
  await openid.database('account_activity').where({ account_id: id }).update({ last_active_at: BEGIN });
  await openid
    .database('account_session')
    .where({ account_id: id })
    .update({ last_used_at: new Date(Date.now() - 2 * 3_600_000) });
  assert.is(await idOf(person), id);
  assert.ok((await row())?.getTime() !== BEGIN.getTime(), 'a page of the account');
});

unused('months count as calendars do', () => {
  const before = (date: string, months: number): string => monthsBefore(new Date(date), months).toISOString().slice(0, 10);
  assert.is(before('2028-03-15', 24), '2026-03-15');
  assert.is(before('2028-02-29', 24), '2026-02-28');
  assert.is(before('2026-03-31', 1), '2026-02-28');
  assert.is(before('2026-01-31', 2), '2025-11-30');
});

unused.run();
