import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createPasswords } from '../../appservice/accounts/password.ts';

const passwords = createPasswords();
const PASSWORD = 'Regenschirm Tapete Kamin';

test('a password is right against its own hash and no other is', async () => {
  const stored = await passwords.hash(PASSWORD);
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.equal(await passwords.check(PASSWORD, stored), { isRight: true });
  for (const wrong of ['regenschirm Tapete Kamin', `${PASSWORD} `, '', PASSWORD.slice(1)])
    assert.equal(await passwords.check(wrong, stored), { isRight: false }, wrong);
});

test('the same password has another hash each time', async () => {
  assert.is.not(await passwords.hash(PASSWORD), await passwords.hash(PASSWORD));
});

test('a password is the same from every keyboard', async () => {
  const stored = await passwords.hash('Ko\u0308nig\u2075 \uff32egen\ufb01eber');
  assert.is((await passwords.check('König5 Regenfieber', stored)).isRight, true);
  assert.is((await passwords.check('Konig5 Regenfieber', stored)).isRight, false);
});

test('a hash of another cost is checked, and replaced by one of ours when the password was right', async () => {
  // Of the reference implementation's own tests: 64 MiB, 2 passes.
  const foreign = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.equal(await passwords.check('wrong', foreign), { isRight: false });
  const { isRight, replacement = '' } = await passwords.check('password', foreign);
  assert.is(isRight, true);
  assert.match(replacement, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.equal(await passwords.check('password', replacement), { isRight: true });
});

test('each part of the cost counts when it changes', async () => {
  const stored = await passwords.hash(PASSWORD);
  for (const change of [{ memory: 12_288 }, { passes: 3 }, { parallelism: 2 }]) {
    const later = createPasswords({ cost: { memory: 19_456, passes: 2, parallelism: 1, ...change } });
    assert.type((await later.check(PASSWORD, stored)).replacement, 'string', JSON.stringify(change));
  }
});

test('without a stored hash nothing is right, and it takes as long', async () => {
  const stored = await passwords.hash(PASSWORD);
  const timeOf = async (hash: string | undefined): Promise<number> => {
    const begin = performance.now();
    await passwords.check('some other password', hash);
    return performance.now() - begin;
  };
  const median = (times: number[]): number => times.toSorted((one, other) => one - other)[2] ?? 0;
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round += 1) {
    known.push(await timeOf(stored));
    unknown.push(await timeOf(undefined));
  }
  assert.equal(await passwords.check(PASSWORD, undefined), { isRight: false });
  const ratio = median(unknown) / median(known);
  assert.ok(ratio > 0.4 && ratio < 2.5, `ratio ${ratio}`);
});

test('a stored hash that is none, or asks for too much, is a fault that says nothing of the password', async () => {
  const good = await passwords.hash(PASSWORD);
  const bad = [
    '',
    'x',
    good.replace('argon2id', 'argon2i'),
    good.replace('v=19', 'v=16'),
    good.replace('m=19456', 'm=9999999'),
    good.replace('t=2', 't=99'),
    good.replace('p=1', 'p=0'),
    good.replace(/\$[^$]*$/, ''),
    `${good}$`,
  ];
  for (const stored of bad) {
    const error: unknown = await passwords.check(PASSWORD, stored).catch((cause: unknown) => cause);
    assert.is(error instanceof Error ? error.message : '', 'a stored password hash is malformed', stored);
  }
});

test('many checks at once all come to an end', async () => {
  const stored = await passwords.hash(PASSWORD);
  const checks = await Promise.all([PASSWORD, 'a', 'b', PASSWORD, 'c'].map((password) => passwords.check(password, stored)));
  assert.equal(
    checks.map(({ isRight }) => isRight),
    [true, false, false, true, false],
  );
});

test.run();
