import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation } from '../stack/open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack/stack-access.ts';
import { CANARY, newCompany } from '../stack/test-company.ts';
import { panelSettings } from '../stack/visitor-client.ts';
import { forbiddenLines } from './forbidden-in-logs.ts';

const logs = suite<{ stack: StackAccess }>('the log of the appservice');

logs.before((context) => {
  context.stack = sharedStackAccess();
});

logs('no line that the suites left behind holds a word, a name, a token or a Matrix id', async ({ stack }) => {
  // Says everything once more, so that this suite proves something by itself too.
  const company = await newCompany(stack);
  const agent = await company.newAgent();
  const talk = await openConversation(stack, company, agent, `${CANARY} Protokoll`);
  await agent.say(talk.roomId, `${CANARY} Antwort`);
  await talk.visitor.call('POST', '/events', { type: 'm.room.message', content: { body: `${CANARY} falsch` }, txnId: `${CANARY}-txn` });
  await talk.visitor.call('GET', `/conversations/${CANARY}/events`);
  await agent.stop();
  const { ticket } = await panelSettings(stack, company.slug);
  const secrets = [
    ...Object.values(stack.secrets),
    stack.operatorToken,
    talk.visitor.token,
    agent.accessToken,
    agent.localpart,
    ticket ?? undefined,
  ];

  const log = readFileSync(stack.appserviceLog, 'utf8');
  assert.ok(log.split('\n').length > 50, 'there is a log');
  assert.equal(forbiddenLines(log, secrets), []);
});

logs('every line is JSON with a level, a time and an event', ({ stack }) => {
  for (const line of readFileSync(stack.appserviceLog, 'utf8').split('\n').filter(Boolean)) {
    const { level, time, event } = JSON.parse(line) as Record<string, unknown>;
    assert.ok(
      [level, time, event].every((field) => typeof field === 'string'),
      line.slice(0, 300),
    );
  }
});

logs.run();
