import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Company } from '../../appservice/companies/company.ts';
import type { Conversation } from '../../appservice/conversations/conversation.ts';
import { createCustomerConversations } from '../../appservice/customers/customer-conversations.ts';
import { ApiError } from '../../appservice/errors.ts';
import type { CompanyId, ConversationId, PersonId, RoomId, UserId } from '../../appservice/ids.ts';

const begin = suite('beginning to write to a company as a customer');

const customer = { userId: '@a:example.org' as UserId, locale: 'de' };

type Odd = { status?: Company['status']; member?: boolean; refusal?: 'blocked' | 'identityRequired'; unknown?: boolean };

/** The function with its neighbours, and what was done by them. */
function some({ status = 'live', member = false, refusal, unknown = false }: Odd = {}) {
  const done: string[] = [];
  const company = { id: 'c' as CompanyId, status } as Company;
  const open = createCustomerConversations({
    findCompany: async () => (unknown ? undefined : company),
    isMember: async () => member,
    findRefusal: async () => (refusal === undefined ? undefined : { reason: refusal }),
    findOrCreatePerson: async () => {
      done.push('person');
      return 'p' as PersonId;
    },
    openConversation: async () => {
      done.push('conversation');
      return { id: 'v' as ConversationId, roomId: '!r' as RoomId } as Conversation;
    },
    bring: async (_company, roomId, userId) => void done.push(`${userId} into ${roomId}`),
  });
  return { open, done };
}

async function refusalOf(odd: Odd): Promise<string> {
  const { open, done } = some(odd);
  try {
    await open('acme', customer);
    return 'taken';
  } catch (error) {
    assert.equal(done, [], 'nothing was made');
    return error instanceof ApiError ? error.code : String(error);
  }
}

begin('the person is in the room of the conversation when it is answered', async () => {
  const { open, done } = some();
  assert.equal(await open('acme', customer), { conversationId: 'v', roomId: '!r' });
  assert.equal(done, ['person', 'conversation', '@a:example.org into !r']);
});

begin('a company that is unknown and one that is not open are answered alike', async () => {
  assert.is(await refusalOf({ unknown: true }), 'M_NOT_FOUND');
  for (const status of ['draft', 'suspended', 'closed'] as const) assert.is(await refusalOf({ status }), 'M_NOT_FOUND');
});

begin('who works for the company does not write to it as a customer', async () => {
  assert.is(await refusalOf({ member: true }), 'M_FORBIDDEN');
});

begin('whoever a company takes no messages from is told why', async () => {
  assert.is(await refusalOf({ refusal: 'blocked' }), 'COM_SMOOPE_BLOCKED');
  assert.is(await refusalOf({ refusal: 'identityRequired' }), 'COM_SMOOPE_IDENTITY_REQUIRED');
});

begin.run();
