import type { Company } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import { ApiError } from '../errors.ts';
import type { CompanyId, PersonId, RoomId, UserId } from '../ids.ts';
import type { CustomerConversation } from './customer-conversation-wire.ts';

type Dependencies = {
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly isMember: (companyId: CompanyId, userId: UserId) => Promise<boolean>;
  /** Why a company takes no messages from somebody. */
  readonly findRefusal: (company: Company, userId: UserId) => Promise<{ readonly reason: 'blocked' | 'identityRequired' } | undefined>;
  readonly findOrCreatePerson: (customer: { userId: UserId; locale: string }) => Promise<PersonId>;
  /** The conversation of a person that takes a message now; made where there is none. */
  readonly openConversation: (company: Company, personId: PersonId) => Promise<Conversation>;
  /** Brings the person into its room; they are there when it resolves. */
  readonly bring: (company: Company, roomId: RoomId, userId: UserId) => Promise<void>;
};

const REFUSALS = {
  blocked: () => new ApiError('COM_SMOOPE_BLOCKED', 'This company takes no messages from you.'),
  identityRequired: () => new ApiError('COM_SMOOPE_IDENTITY_REQUIRED', 'This company takes messages on its own website only.'),
} as const;

/**
 * Begins to write to a company from our web client: as the front door does for any Matrix client, without a first room that has to be
 * left again. Nobody of the company hears of it before the first message. Throws M_NOT_FOUND for a company that is not open or unknown,
 * and says why where it takes no messages from this person.
 */
export function createCustomerConversations(parts: Dependencies) {
  const { findCompany, isMember, findRefusal, findOrCreatePerson, openConversation, bring } = parts;
  return async (slug: string, customer: { userId: UserId; locale: string }): Promise<CustomerConversation> => {
    const { userId } = customer;
    const company = await findCompany(slug);
    if (company?.status !== 'live') throw new ApiError('M_NOT_FOUND', 'body.company: there is no open company of this name.');
    if (await isMember(company.id, userId)) throw new ApiError('M_FORBIDDEN', 'You work for this company; write in its team room.');
    const refusal = await findRefusal(company, userId);
    if (refusal !== undefined) throw REFUSALS[refusal.reason]();
    const { id, roomId } = await openConversation(company, await findOrCreatePerson(customer));
    await bring(company, roomId, userId);
    return { conversationId: id, roomId };
  };
}

/** See `createCustomerConversations`. */
export type OpenCustomerConversation = ReturnType<typeof createCustomerConversations>;
