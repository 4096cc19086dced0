import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { makeBench, NUMBERS, otherThan, PROOF, type CodeBench } from './phone-code-fixture.ts';

const codes = suite<{ test: TestDatabase; bench: CodeBench }>('phone codes');

const WRONG = 'COM_SMOOPE_CODE_WRONG 403 body.code The code is wrong or too old; try again or ask for a new one.';
const MINUTE = 60_000;

codes.before(async (context) => {
  context.test = await openTestDatabase();
});
codes.after(async ({ test }) => {
  await test.close();
});
codes.before.each(async (context) => {
  const { database } = context.test;
  await database('phone_code').delete();
  await database('phone_code_text').delete();
  context.bench = makeBench(database);
});

codes('a code that was asked for is right once', async ({ bench }) => {
  const code = await bench.ask();
  assert.match(code, /^\d{6}$/);
  assert.is(bench.texts[0]?.to, PROOF.number);
  assert.is(bench.texts[0]?.lifeMinutes, 10);
  assert.is(await bench.tell(code), 'right');
  assert.is(await bench.tell(code), WRONG, 'a second time it is not');
  assert.equal(bench.counted, ['sent', 'proved', 'wrong']);
});

codes('a code may be typed with spaces and in wide digits', async ({ bench }) => {
  const code = await bench.ask();
  const wide = code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  assert.is(await bench.tell(` ${wide.slice(0, 3)} ${wide.slice(3)}\n`), 'right');
});

codes('a code is good for ten minutes and not a moment longer', async ({ bench }) => {
  const early = await bench.ask();
  bench.clock.ms += 10 * MINUTE - 1;
  assert.is(await bench.tell(early), 'right');
  const late = await bench.ask();
  bench.clock.ms += 10 * MINUTE;
  assert.is(await bench.tell(late), WRONG);
});

codes('the fifth try may still be right', async ({ bench }) => {
  const code = await bench.ask();
  for (let step = 1; step <= 4; step += 1) assert.is(await bench.tell(otherThan(code, step)), WRONG);
  assert.is(await bench.tell(code), 'right');
});

codes('after five wrong tries the right code is wrong too', async ({ bench }) => {
  const code = await bench.ask();
  for (let step = 1; step <= 5; step += 1) assert.is(await bench.tell(otherThan(code, step)), WRONG);
  assert.is(await bench.tell(code), WRONG);
});

codes('many tries at once are not more than five', async ({ test: { database }, bench }) => {
  const code = await bench.ask();
  await Promise.all(Array.from({ length: 30 }, (_none, index) => bench.tell(otherThan(code, index + 1))));
  const [row] = await database<{ tries: number }>('phone_code');
  assert.is(row?.tries, 5);
  assert.is(await bench.tell(code), WRONG);
});

codes('of many right answers at once one is taken', async ({ bench }) => {
  const code = await bench.ask();
  const answers = await Promise.all(Array.from({ length: 5 }, () => bench.tell(code)));
  assert.is(answers.filter((answer) => answer === 'right').length, 1);
});

codes('a new code voids the old and brings new tries', async ({ bench }) => {
  const old = await bench.ask();
  for (let step = 1; step <= 5; step += 1) await bench.tell(otherThan(old, step));
  bench.clock.ms += MINUTE;
  const fresh = await bench.ask();
  if (old !== fresh) assert.is(await bench.tell(old), WRONG);
  assert.is(await bench.tell(fresh), 'right');
});

codes('a new code voids one that another browser asked for', async ({ bench }) => {
  const old = await bench.ask({ flowId: 'flow-of-other' });
  bench.clock.ms += MINUTE;
  const fresh = await bench.ask();
  assert.is(await bench.tell(old, { flowId: 'flow-of-other' }), WRONG);
  assert.is(await bench.tell(fresh), 'right');
});

codes('whoever corrects the number has no code for the first one any more', async ({ bench }) => {
  const old = await bench.ask();
  await bench.ask({ number: NUMBERS[2] });
  assert.is(await bench.tell(old), WRONG);
});

codes(
  'a code is wrong in another browser, for another number and for another purpose, and its tries are not used up by that',
  async (context) => {
    const { bench } = context;
    const code = await bench.ask();
    for (let round = 0; round < 6; round += 1) {
      assert.is(await bench.tell(code, { flowId: 'flow-of-other' }), WRONG);
      assert.is(await bench.tell(code, { number: NUMBERS[1] }), WRONG);
      assert.is(await bench.tell(code, { purpose: 'recover' }), WRONG);
    }
    assert.is(await bench.tell(code), 'right');
  },
);

codes('codes for two purposes stand beside each other', async ({ bench }) => {
  const register = await bench.ask();
  bench.clock.ms += MINUTE;
  const recover = await bench.ask({ purpose: 'recover' });
  assert.is(await bench.tell(register), 'right');
  assert.is(await bench.tell(recover, { purpose: 'recover' }), 'right');
});

codes('a text without the code lets nobody in, and nothing but the text tells', async ({ test: { database }, bench }) => {
  const answerFor = async (text: (code: string) => string): Promise<[unknown, string[]]> => {
    const answer = await bench.codes.send(PROOF, text);
    const [row] = await database<Record<string, unknown>>('phone_code');
    bench.clock.ms += 24 * 60 * MINUTE;
    return [{ life: answer.expiresAt - bench.clock.ms, wait: answer.resendAt - bench.clock.ms }, Object.keys(row ?? {})];
  };
  let hidden = '';
  const unknown = await answerFor((code) => `${code} ist Ihr Code.`);
  const known = await answerFor((code) => {
    hidden = code;
    return 'Zu dieser Nummer gibt es schon ein Konto.';
  });
  assert.equal(known, unknown, 'answers and rows have the same shape');
  bench.clock.ms -= 24 * 60 * MINUTE;
  assert.is(await bench.tell(hidden), WRONG);
  assert.is(await bench.tell('000000'), WRONG);
});

codes('known or not, the same statements run in the same order', async ({ test: { database }, bench }) => {
  const record = async (work: () => Promise<unknown>): Promise<string[]> => {
    const statements: string[] = [];
    const listen = ({ sql }: { sql: string }): void => void statements.push(sql);
    database.on('query', listen);
    await work().catch(() => undefined);
    database.off('query', listen);
    return statements;
  };
  const unknown = await record(() => bench.codes.send(PROOF, (code) => code));
  bench.clock.ms += 24 * 60 * MINUTE;
  const known = await record(() => bench.codes.send(PROOF, () => 'Es gibt schon ein Konto.'));
  assert.ok(unknown.length > 5);
  assert.equal(known, unknown);
  const noCode = await record(() => bench.codes.prove({ ...PROOF, number: NUMBERS[2] }, '123456'));
  const wrongCode = await record(() => bench.codes.prove(PROOF, '123456'));
  assert.equal(noCode, wrongCode);
});

codes('what is no code is refused by its field and is no try', async ({ bench }) => {
  const code = await bench.ask();
  for (const input of ['', '12345', '1234567', 'abcdef', '12345a', '１２３', "' or 1=1", '١٢٣٤٥٦'])
    assert.is(await bench.tell(input), 'M_INVALID_PARAM 400 body.code body.code must be six digits.', input);
  assert.is(await bench.tell(code), 'right');
});

codes('without a code every guess is wrong', async ({ bench }) => {
  assert.is(await bench.tell('123456'), WRONG);
});

codes('number, code, flow and network are nowhere kept in plain', async ({ test: { database }, bench }) => {
  const code = await bench.ask();
  const rows = JSON.stringify([await database('phone_code'), await database('phone_code_text')]);
  assert.ok(rows.length > 200);
  for (const plain of [code, '1713920012', 'flow-of-one', '198.51']) assert.not.match(rows.replaceAll(/"\d{4}-[^"]*Z"/g, ''), plain);
});

codes('codes are spread over all six digits', async ({ bench }) => {
  const seen = new Set<string>();
  for (let index = 0; index < 60; index += 1) {
    bench.clock.ms += 24 * 60 * MINUTE;
    seen.add(await bench.ask());
  }
  assert.ok(seen.size >= 59, 'no code comes again and again');
  assert.ok(new Set([...seen].map((code) => code[0])).size >= 6, 'first digits differ, zero included or not');
});

codes('what ended is deleted, the rest stays', async ({ test: { database }, bench }) => {
  await bench.ask();
  bench.clock.ms += 10 * MINUTE - 1;
  await bench.codes.deleteExpired();
  assert.is((await database('phone_code')).length, 1);
  bench.clock.ms += 1;
  await bench.codes.deleteExpired();
  assert.is((await database('phone_code')).length, 0);
  bench.clock.ms += 24 * 60 * MINUTE - 10 * MINUTE - 1;
  await bench.codes.deleteExpired();
  assert.is((await database('phone_code_text')).length, 1);
  bench.clock.ms += 1;
  await bench.codes.deleteExpired();
  assert.is((await database('phone_code_text')).length, 0);
});

codes.run();
