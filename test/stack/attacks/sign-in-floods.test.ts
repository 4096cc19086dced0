import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RATE_LIMITS } from '../../../appservice/http/rate-limit.ts';
import { newNumber } from '../../accounts/person-fixture.ts';
import { fromNetwork, type NetworkAnswer } from '../from-network.ts';
import { beginSignIn } from '../openid/begun-sign-in.ts';
import { newTrialAccount } from '../openid/trial-account.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, OTHER_SLUG } from '../test-company.ts';
import { openVisitor } from '../visitor-client.ts';

const floods = suite<{ stack: StackAccess }>('floods of sign-ins');
floods.before((context) => {
  context.stack = sharedStackAccess();
});

const PER_SECOND = 50;

/** Somebody in a network that no other test is in. */
const somewhere = () => fromNetwork(randomInt(40, 250), randomInt(1, 250));

/** Asks so often, fifty times a second, and does not wait for the answers in between. */
async function flood(count: number, ask: (index: number) => Promise<NetworkAnswer>): Promise<NetworkAnswer[]> {
  const answers: Promise<NetworkAnswer>[] = [];
  for (let index = 0; index < count; index += 1) {
    answers.push(ask(index));
    await wait(1000 / PER_SECOND);
  }
  return Promise.all(answers);
}

const refusedOf = (answers: readonly NetworkAnswer[]): NetworkAnswer[] => answers.filter(({ status }) => status === 429);

function assertToldWhen(refused: readonly NetworkAnswer[]): void {
  for (const { headers, text } of refused) {
    assert.ok(Number(headers['retry-after']) >= 1, 'Retry-After');
    assert.is((JSON.parse(text) as { errcode: string }).errcode, 'M_LIMIT_EXCEEDED');
  }
}

floods('of fifty tries a second what exceeds the share is refused with 429 and Retry-After, and conversations go on', async ({ stack }) => {
  const visitor = await openVisitor(stack, OTHER_SLUG);
  const { conversationId } = await visitor.say(`${CANARY} vorher`);
  const attack = await beginSignIn(stack, somewhere());
  const said = Array.from({ length: 8 }, (_, index) => `${CANARY} mittendrin ${index}`);
  const [answers] = await Promise.all([
    flood(3 * PER_SECOND, () => attack.ask('methods/password', { identifier: newNumber(), password: 'lauter zimt und blaue segel' })),
    (async () => {
      for (const body of said) await visitor.say(body);
    })(),
  ]);
  const share = RATE_LIMITS.prove[0].points;
  const refused = refusedOf(answers);
  const compared = answers.filter(({ status }) => status === 403);
  assert.is(compared.length + refused.length, answers.length, 'wrong or refused, and nothing else');
  assert.ok(compared.length > 0 && compared.length <= share, `${compared.length} of ${share} were compared`);
  assertToldWhen(refused);
  const history = (await visitor.history(conversationId)).map(({ content }) => content['body']);
  for (const body of said) assert.is(history.filter((one) => one === body).length, 1, body);

  const account = await newTrialAccount(stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });
  const { status } = await (await beginSignIn(stack, somewhere())).ask('methods/trial', { code: await account.newCode() });
  assert.is(status, 200, 'people of other networks sign in');
});

floods(
  'who asks for codes to very many numbers gets as many as a network may have, and is told to wait for the others',
  async ({ stack }) => {
    const { textsPerNetworkAndHour } = stack.config.phones;
    const most = Math.min(textsPerNetworkAndHour, RATE_LIMITS.prove[0].points);
    const attack = await beginSignIn(stack, somewhere());
    const answers = await flood(most + 20, () => attack.ask('methods/phone/preparation', { phone: newNumber() }));
    const sent = answers.filter(({ status }) => status === 200);
    assert.is(sent.length, most);
    assert.is(refusedOf(answers).length, 20);
    assertToldWhen(refusedOf(answers));
  },
);

floods.run();
