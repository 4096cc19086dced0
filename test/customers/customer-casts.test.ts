import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Company, CompanyMember } from '../../appservice/companies/company.ts';
import { companyAsSender, toSender } from '../../appservice/conversations/conversation-view.ts';
import { createCustomerCasts } from '../../appservice/customers/customer-casts.ts';
import { ApiError } from '../../appservice/errors.ts';
import type { CompanyId, PersonId, RoomId, UserId } from '../../appservice/ids.ts';
import { someConversation } from '../conversations/conversation-fixture.ts';

const cast = suite('who answers, as a customer is told');

const customer = '@customer:example.org' as UserId;
const lena = '@lena:example.org' as UserId;
const gone = '@gone:example.org' as UserId;
const conversation = someConversation();
const { roomId, personId, companyId } = conversation;
const company = { id: companyId, slug: 'acme', name: 'Acme', logoMxc: 'mxc://a/b', userId: '@company_0a_acme:example.org' } as Company;
const logo = '/api/v1/companies/acme/logo';

const member = (id: string, userId: UserId, more: Partial<CompanyMember>) =>
  [userId, { id, userId, displayName: null, pictureMxc: null, endedAt: null, ...more } as CompanyMember] as const;

/** The function, of which `person` is whom the caller is known as. */
const casts = (person: PersonId | undefined = personId) =>
  createCustomerCasts({
    findPerson: async () => person,
    findConversation: async (id) => (id === roomId ? conversation : undefined),
    listPresent: async () => [lena, gone, customer],
    loadCast: async (_company, _person, shown) => ({
      company,
      members: new Map(
        [
          member('m1', lena, { displayName: 'Lena W.', pictureMxc: 'mxc://a/c' }),
          member('m2', gone, { pictureMxc: 'mxc://a/d', endedAt: new Date() }),
        ].filter(([userId]) => shown.includes(userId)),
      ),
      identities: new Set([customer]),
    }),
    toSender,
    toCompany: (one) => companyAsSender({ company: one }),
    listRooms: async () => [
      { roomId, companyId },
      { roomId: '!lost' as RoomId, companyId: 'unknown' as CompanyId },
    ],
    listCompanies: async (ids) => [company].filter(({ id }) => ids.includes(id)),
  });

async function refusalOf(ask: Promise<unknown>): Promise<string> {
  return ask.then(
    () => 'answered',
    (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
  );
}

cast('names and pictures are the choice of the company; the picture of who left is not given out', async () => {
  assert.equal(await casts().get(roomId, customer), {
    company: { slug: 'acme', name: 'Acme', pictureUrl: logo },
    members: [
      { userId: lena, name: 'Lena W.', pictureUrl: '/api/v1/companies/acme/members/m1/picture' },
      { userId: gone, name: 'Acme', pictureUrl: null },
    ],
  });
});

cast('somebody else, somebody unknown and a room that is no conversation are refused alike', async () => {
  assert.is(await refusalOf(casts('other' as PersonId).get(roomId, customer)), 'M_NOT_FOUND');
  assert.is(await refusalOf(casts().get('!team' as RoomId, customer)), 'M_NOT_FOUND');
  const unknown = createCustomerCasts({ ...unasked(), findPerson: async () => undefined });
  assert.is(await refusalOf(unknown.get(roomId, customer)), 'M_NOT_FOUND');
  assert.equal(await unknown.list(customer), { conversations: [] });
});

cast('the list names the company of each conversation', async () => {
  assert.equal(await casts().list(customer), { conversations: [{ roomId, company: { slug: 'acme', name: 'Acme', pictureUrl: logo } }] });
});

/** Neighbours of which nothing is asked. */
function unasked(): Parameters<typeof createCustomerCasts>[0] {
  const never = (): never => {
    throw new Error('not asked');
  };
  return {
    findPerson: never,
    findConversation: async () => conversation,
    listPresent: never,
    loadCast: never,
    toSender: never,
    toCompany: never,
    listRooms: never,
    listCompanies: async () => [],
  };
}

cast.run();
