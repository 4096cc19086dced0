import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { companyName, inOrder, type ConversationSummary } from '../../web-client/conversations/conversation-summary.ts';

const summary = suite('the list of conversations');

const some = (company: string, at: number): ConversationSummary => ({
  roomId: `!${company}`,
  company,
  at,
  status: 'open',
  preview: undefined,
  isOwn: false,
  isUnread: false,
});

summary('shows the name of the company without the number of the conversation', () => {
  assert.is(companyName('Fahrrad Müller · 17'), 'Fahrrad Müller');
  assert.is(companyName('Eins · 2 · 31'), 'Eins · 2');
  assert.is(companyName('Café · Bar'), 'Café · Bar');
});

summary('what happened last comes first, and the same moment goes by name', () => {
  const names = inOrder([some('Zebra', 5), some('Amsel', 5), some('Kranich', 9), some('Neu', 0)]).map(({ company }) => company);
  assert.equal(names, ['Kranich', 'Amsel', 'Zebra', 'Neu']);
});

summary.run();
