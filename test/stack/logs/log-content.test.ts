import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany } from '../test-company.ts';
import { panelSettings } from '../visitor-client.ts';

const logs = suite<{ stack: StackAccess }>('the log of the appservice');

logs.before((context) => {
  context.stack = sharedStackAccess();
});

/** What must stand in no line, whichever suite before this one said it. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'words and names of the tests': new RegExp(CANARY, 'i'),
  'a Matrix user id': /@[\w.=/+-]+:smoope\.localhost/,
  'a ghost': /visitor_[0-9a-f]{2}_|company_[0-9a-f]{2}_/,
  'a token of ours': /\b[vto]_[\w-]{20,}/,
  'a token of Matrix': /\b(syt|mct)_\w+/,
  'a bearer header': /bearer/i,
  'an address of the network': /\b(127\.0\.0\.1|::1)\b/,
  'text of a message': /m\.text|formatted_body|"body"/,
};

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
    ticket ?? '-',
  ];

  const lines = readFileSync(stack.appserviceLog, 'utf8').split('\n');
  assert.ok(lines.length > 50, 'there is a log');
  for (const line of lines) {
    for (const [what, pattern] of Object.entries(FORBIDDEN)) assert.not.match(line, pattern, `${what} in: ${line.slice(0, 300)}`);
    assert.not.ok(
      secrets.some((secret) => secret !== undefined && line.includes(secret)),
      'a secret stands in the log',
    );
  }
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
