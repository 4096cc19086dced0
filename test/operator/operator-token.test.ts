import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  ensureOperatorToken,
  findOperatorToken,
  issueOperatorToken,
  listOperatorTokens,
  revokeOperatorToken,
} from '../../appservice/operator/operator-token.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

const tokens = suite<{ test: TestDatabase }>('operator tokens');

tokens.before(async (context) => {
  context.test = await openTestDatabase();
});

tokens.after(async ({ test }) => {
  await test.close();
});

tokens('a token is known by its hash, and stands nowhere in plain', async ({ test: { database } }) => {
  const { id, token } = await issueOperatorToken(database, 'first');
  assert.is(await findOperatorToken(database, token), id);
  assert.is(await findOperatorToken(database, `${token}x`), undefined);
  assert.not.match(JSON.stringify(await database('operator_token')), token);
});

tokens('a revoked token is not known, and cannot be revoked again', async ({ test: { database } }) => {
  const { id, token } = await issueOperatorToken(database, 'second');
  assert.ok((await listOperatorTokens(database)).some((one) => one.id === id));
  assert.is(await revokeOperatorToken(database, id), true);
  assert.is(await findOperatorToken(database, token), undefined);
  assert.is(await revokeOperatorToken(database, id), false);
  assert.not.ok((await listOperatorTokens(database)).some((one) => one.id === id));
});

tokens('an installation keeps the token it knows, and gets one new one where it is lost', async ({ test: { database } }) => {
  const first = await ensureOperatorToken(database, { label: 'npm start', known: undefined });
  assert.is(await ensureOperatorToken(database, { label: 'npm start', known: first }), first);
  const second = await ensureOperatorToken(database, { label: 'npm start', known: undefined });
  assert.is.not(second, first);
  assert.is(await findOperatorToken(database, first), undefined, 'the lost one is revoked');
  assert.ok(await findOperatorToken(database, second));
});

tokens.run();
