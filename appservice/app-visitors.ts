import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { record } from './audit/audit-log.ts';
import { createChangeCompany } from './companies/company-changes.ts';
import type { Company } from './companies/company.ts';
import { createContactFieldAnswerStore } from './contact-fields/contact-field-answer-store.ts';
import { createContactFieldOutbox } from './contact-fields/contact-field-outbox.ts';
import { createContactFields } from './contact-fields/contact-fields.ts';
import type { Conversation } from './conversations/conversation.ts';
import { newDeviceId } from './conversations/room-pool.ts';
import type { Database } from './database/database.ts';
import { ApiError } from './errors.ts';
import type { AuthTypes } from './http/auth.ts';
import type { DeviceId, PersonId, SessionId, UserId } from './ids.ts';
import { admitIdentity } from './identities/identity-admission.ts';
import { createIdentityKeyService } from './identities/identity-key-service.ts';
import { createIdentityOutbox } from './identities/identity-outbox.ts';
import { createIdentitySeal } from './identities/identity-seal.ts';
import { createIdentityService } from './identities/identity-service.ts';
import { createSessionCodes } from './identities/session-codes.ts';
import { createVerifiedIdentityStore } from './identities/verified-identity-store.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { createPersonStore } from './persons/person-store.ts';
import { createSatisfaction } from './satisfaction/satisfaction.ts';
import { createVisitorBlockStore } from './visitors/visitor-block-store.ts';
import { createVisitorSessionStore } from './visitors/visitor-session-store.ts';

type Session = AuthTypes['visitor'];

/** Who visitors are: signed identities, codes for another window, what they tell about themselves, blocks. */
export function wireVisitors({ config, secrets }: AppSettings, { database, ghosts, sending }: Connections, { companies }: Companies) {
  const now = () => new Date();
  const { sessionDays } = config.conversations;
  const seal = createIdentitySeal(secrets);
  const audienceOf = (slug: string): string => `${config.publicOrigin}/widget/${slug}`;
  const change = createChangeCompany({ database, recordAudit: record, addToOutbox });
  const fields = createContactFields({ database, addToOutbox });
  const identified = createVerifiedIdentityStore(database);
  const neighbours = { addDevice: ghosts.addDevice, newDeviceId, sessions: createVisitorSessionStore };

  async function identityOf(session: Session) {
    return (await createVisitorSessionStore(database).find(session.id, new Date(0)))?.identity ?? null;
  }

  return {
    audienceOf,
    change,
    fields,
    keys: createIdentityKeyService({ database, change, findCompany: (slug) => companies.findBySlug(slug), seal }),
    satisfaction: createSatisfaction({ database, now }),
    outbox: {
      ...createIdentityOutbox({ database, setProfile: ghosts.setProfile }),
      ...createContactFieldOutbox({ database, sending, getCompany: (id) => companies.get(id) }),
    },
    codes: createSessionCodes({ ...neighbours, database, findCompany: (id) => companies.find(id), sessionDays, now }),
    identities: createIdentityService({
      database,
      seal,
      audienceOf,
      addToOutbox,
      sessionDays,
      now,
      neighbours: {
        ...neighbours,
        getCompany: (id) => companies.get(id),
        setLocale: (on, id, locale) => createPersonStore(on).setLocale(id, locale),
      },
    }),
    /** Throws where the company takes no messages of this session: blocked, or not identified. */
    async admit(session: Session, company: Company): Promise<void> {
      const { visitor } = session;
      if (visitor !== null && (await createVisitorBlockStore(database).has(company.id, visitor.personId)))
        throw new ApiError('COM_SMOOPE_BLOCKED', 'The company takes no more messages from you here.');
      if (company.settings.identity.required) admitIdentity(company, await identityOf(session), now());
    },
    /** What a visitor is told of what is known of them. */
    async describe(session: Session) {
      const { visitor } = session;
      const identity = await identityOf(session);
      const name = identity === null ? null : ((await identified.find(identity.id))?.name ?? null);
      const given = visitor === null ? [] : await fields.list(visitor.personId, await companies.get(session.companyId), session.locale);
      return { identity: { verified: identity !== null, name }, fields: given };
    },
    /** What the person of a conversation gave, for the company's people. */
    listContactFields: async ({ personId, companyId }: Conversation, locale: 'de' | 'en') =>
      fields.listWorded(personId, await companies.get(companyId), locale),
    /** Notes where the company's people were told. */
    noteFieldAnswer: createContactFieldAnswerStore(database).add,
    /** How conversations begin for users whom the company's signature names. */
    opening: {
      async lockKnown(on: Database, id: SessionId): Promise<{ personId: PersonId; userId: UserId } | undefined> {
        return (await createVerifiedIdentityStore(on).lockOfSession(id))?.person ?? undefined;
      },
      async bindSession(on: Database, id: SessionId, visitor: { personId: PersonId; userId: UserId; deviceId: DeviceId }): Promise<void> {
        await createVisitorSessionStore(on).bind(id, visitor);
        const identities = createVerifiedIdentityStore(on);
        const identity = await identities.lockOfSession(id);
        if (identity === undefined || !(await identities.claim(identity.id, visitor)) || identity.name === null) return;
        await addToOutbox(on, [{ lane: identity.id, action: 'publishName', payload: { identityId: identity.id } }]);
      },
    },
  };
}

/** See `wireVisitors`. */
export type Visitors = ReturnType<typeof wireVisitors>;
