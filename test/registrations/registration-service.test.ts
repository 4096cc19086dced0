import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import type { AccountId, MobileNumber } from '../../appservice/ids.ts';
import { createNumberHash } from '../../appservice/phones/number-hash.ts';
import type { OnCompleted, RegistrationEnd } from '../../appservice/registrations/registration.ts';
import { createRegistrationService, type RegistrationService } from '../../appservice/registrations/registration-service.ts';
import { createRegistrationSeal } from '../../appservice/registrations/registration-store.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { NUMBERS } from '../phones/phone-code-fixture.ts';

type Kept = { accountId: AccountId; number?: MobileNumber; email?: string };
type Context = {
  test: TestDatabase;
  clock: { ms: number };
  kept: Kept[];
  hooks: OnCompleted[];
  service: RegistrationService;
};

const registrations = suite<Context>('registrations');

const FLOW = 'flow-of-one';
const END: RegistrationEnd = { firstName: 'Kanari', lastName: 'Kanarisurname', locale: 'de', notice: { version: '1', hash: 'hash' } };
const ACCOUNT = 'kanariaccount' as AccountId;
const SECRETS = { sealingKey: 's'.repeat(43), hashKey: 'h'.repeat(43) };

registrations.before(async (context) => {
  context.test = await openTestDatabase();
});
registrations.after(({ test }) => test.close());
registrations.before.each(async (context) => {
  const { database } = context.test;
  await database('registration').delete();
  const clock = { ms: Date.parse('2026-11-23T12:00:00Z') };
  const kept: Kept[] = [];
  const hooks: OnCompleted[] = [];
  const service = createRegistrationService({
    database,
    seal: createRegistrationSeal({ ...SECRETS, hashNumber: createNumberHash(SECRETS) }),
    createAccount: async () => ACCOUNT,
    keepNumber: async (_transaction, accountId, { value }) => void kept.push({ accountId, number: value }),
    keepEmail: async (_transaction, accountId, email) => void kept.push({ accountId, email }),
    onCompleted: hooks,
    now: () => new Date(clock.ms),
  });
  Object.assign(context, { clock, kept, hooks, service });
});

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof ApiError ? error.code : String(error);
  }
}

registrations('what was proven and told becomes the account, once', async ({ service, kept }) => {
  await service.begin(FLOW, { number: NUMBERS[0], names: { firstName: 'From', lastName: 'Elsewhere' }, email: 'kanari@example.org' });
  const { firstName, lastName, email, number } = await service.get(FLOW);
  assert.equal([firstName, lastName, email, number?.value], ['From', 'Elsewhere', 'kanari@example.org', NUMBERS[0]]);
  assert.is(await service.complete(FLOW, END), ACCOUNT);
  assert.equal(kept, [
    { accountId: ACCOUNT, number: NUMBERS[0] },
    { accountId: ACCOUNT, email: 'kanari@example.org' },
  ]);
  assert.is(await refusal(service.complete(FLOW, END)), 'COM_SMOOPE_SIGN_IN_ENDED');
});

registrations('of two who complete it at once, one makes an account', async ({ service, kept }) => {
  await service.begin(FLOW, { number: NUMBERS[0] });
  const results = await Promise.all([refusal(service.complete(FLOW, END)), refusal(service.complete(FLOW, END))]);
  assert.equal(results.toSorted(), ['COM_SMOOPE_SIGN_IN_ENDED', 'none']);
  assert.is(kept.length, 1);
});

registrations('the person may correct or leave out the mail address', async ({ service, kept }) => {
  await service.begin(FLOW, { email: 'kanari@example.org' });
  await service.complete(FLOW, { ...END, email: 'other@example.org' });
  await service.begin(FLOW, { email: 'kanari@example.org' });
  await service.complete(FLOW, { ...END, email: null });
  assert.equal(kept, [{ accountId: ACCOUNT, email: 'other@example.org' }]);
});

registrations('another sign-in cannot use it', async ({ service }) => {
  await service.begin(FLOW, { number: NUMBERS[0] });
  assert.is(await refusal(service.complete('flow-of-another', END)), 'COM_SMOOPE_SIGN_IN_ENDED');
  assert.is(await refusal(service.get('flow-of-another')), 'COM_SMOOPE_SIGN_IN_ENDED');
});

registrations('a second beginning takes the place of the first', async ({ service }) => {
  await service.begin(FLOW, { number: NUMBERS[0], names: { firstName: 'First' } });
  await service.begin(FLOW, { number: NUMBERS[1] });
  const { firstName, number } = await service.get(FLOW);
  assert.equal([firstName, number?.value], [null, NUMBERS[1]]);
});

registrations('a number can be proved after the beginning', async ({ service, kept }) => {
  await service.begin(FLOW, { names: { firstName: 'Kanari' } });
  await service.addNumber(FLOW, NUMBERS[0]);
  await service.complete(FLOW, END);
  assert.equal(kept, [{ accountId: ACCOUNT, number: NUMBERS[0] }]);
  assert.is(await refusal(service.addNumber(FLOW, NUMBERS[0])), 'COM_SMOOPE_SIGN_IN_ENDED');
});

registrations('what else belongs to the account is made in the same transaction, or nothing is', async ({ test, service, hooks, kept }) => {
  const { id } = await service.begin(FLOW, {});
  const heard: unknown[] = [];
  hooks.push(async (transaction, made) => {
    heard.push(made, await transaction('registration').pluck('id'));
  });
  hooks.push(async () => {
    throw new Error('a row was refused');
  });
  assert.match(await refusal(service.complete(FLOW, { ...END, email: 'kanari@example.org' })), 'a row was refused');
  assert.equal(heard, [{ accountId: ACCOUNT, registrationId: id, hasEmail: true, hasNumber: false }, [id]]);
  assert.equal(await test.database('registration').pluck('id'), [id]);
  assert.is(kept.length, 1);
});

registrations('after a day it is worth nothing, and its row goes', async ({ test, service, clock }) => {
  await service.begin(FLOW, { number: NUMBERS[0] });
  clock.ms += 86_400_000 - 1;
  await service.deleteExpired();
  assert.is(await refusal(service.get(FLOW)), 'none');
  clock.ms += 1;
  assert.is(await refusal(service.complete(FLOW, END)), 'COM_SMOOPE_SIGN_IN_ENDED');
  await service.deleteExpired();
  assert.equal(await test.database('registration'), []);
});

registrations('a dump of the row shows neither number nor mail address nor sign-in', async ({ test, service }) => {
  await service.begin(FLOW, { number: NUMBERS[0], email: 'kanari@example.org' });
  const row = JSON.stringify(await test.database('registration'));
  for (const secret of [NUMBERS[0], NUMBERS[0].slice(1), 'kanari@example.org', FLOW]) assert.not.match(row, secret);
});

registrations.run();
