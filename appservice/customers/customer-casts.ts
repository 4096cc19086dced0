import type { Company } from '../companies/company.ts';
import type { Cast } from '../conversations/cast.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Sender } from '../conversations/conversation-wire.ts';
import { ApiError } from '../errors.ts';
import type { CompanyId, PersonId, RoomId, UserId } from '../ids.ts';
import type { CustomerCast, CustomerConversationList } from './customer-conversation-wire.ts';

/** More conversations than anybody reads; what is older has the name of its room. */
const LISTED = 1_000;

type CastCompany = CustomerCast['company'];

type Dependencies = {
  readonly findPerson: (userId: UserId) => Promise<PersonId | undefined>;
  readonly findConversation: (roomId: RoomId) => Promise<Conversation | undefined>;
  /** Everybody who is in a conversation's room for the company, or has written there. */
  readonly listPresent: (conversation: Conversation) => Promise<readonly UserId[]>;
  readonly loadCast: (companyId: CompanyId, personId: PersonId, shown: readonly UserId[]) => Promise<Cast>;
  readonly toSender: (cast: Cast, userId: UserId) => Sender;
  readonly toCompany: (company: Pick<Company, 'slug' | 'name' | 'logoMxc' | 'userId'>) => Sender;
  readonly listRooms: (personId: PersonId, limit: number) => Promise<readonly Pick<Conversation, 'roomId' | 'companyId'>[]>;
  readonly listCompanies: (ids: readonly CompanyId[]) => Promise<readonly Company[]>;
};

const companyOf = ({ id, name, pictureUrl }: Sender): CastCompany => ({ slug: id, name, pictureUrl });

/**
 * Tells a customer who answers: names and pictures that the company chose, which its members' Matrix profiles do not have. Matrix ids
 * stand beside them, because a customer's client sees those in the room anyway.
 */
export function createCustomerCasts(parts: Dependencies) {
  const { findPerson, findConversation, listPresent, loadCast, toSender, toCompany, listRooms, listCompanies } = parts;
  return {
    /** Who answers in a room. Throws M_NOT_FOUND for one that is no conversation of the caller, whether it exists or not. */
    async get(roomId: RoomId, userId: UserId): Promise<CustomerCast> {
      const [personId, conversation] = await Promise.all([findPerson(userId), findConversation(roomId)]);
      if (personId === undefined || conversation?.personId !== personId)
        throw new ApiError('M_NOT_FOUND', 'roomId: you have no conversation in this room.');
      const cast = await loadCast(conversation.companyId, personId, await listPresent(conversation));
      return {
        company: companyOf(toCompany(cast.company)),
        members: [...cast.members].map(([id, { endedAt }]) => {
          const { name, pictureUrl } = toSender(cast, id);
          // The picture of somebody who left is not given out any more.
          return { userId: id, name, pictureUrl: endedAt === null ? pictureUrl : null };
        }),
      };
    },
    /** The companies of all conversations of the caller. */
    async list(userId: UserId): Promise<CustomerConversationList> {
      const personId = await findPerson(userId);
      const rooms = personId === undefined ? [] : await listRooms(personId, LISTED);
      const companies = await listCompanies([...new Set(rooms.map(({ companyId }) => companyId))]);
      const shown = new Map(companies.map((company) => [company.id, companyOf(toCompany(company))]));
      return {
        conversations: rooms.flatMap(({ roomId, companyId }) => {
          const company = shown.get(companyId);
          return company === undefined ? [] : [{ roomId, company }];
        }),
      };
    },
  };
}

/** See `createCustomerCasts`. */
export type CustomerCasts = ReturnType<typeof createCustomerCasts>;
