import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, DeviceId, PersonId, UserId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import type { createVisitorSessionStore, VisitorSession } from '../visitors/visitor-session-store.ts';
import { createIdentityKeyStore, type IdentityKey } from './identity-key-store.ts';
import type { IdentitySeal } from './identity-seal.ts';
import { readIdentityToken, type IdentityClaims, type VerificationKey } from './identity-token.ts';
import { createVerifiedIdentityStore, type VerifiedIdentity } from './verified-identity-store.ts';

type Session = AuthTypes['visitor'];

/** What visitors, persons and Matrix do for identities. */
export type IdentityNeighbours = {
  readonly sessions: typeof createVisitorSessionStore;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  /** Gives a ghost one more device, under which a browser writes. */
  readonly addDevice: (userId: UserId, deviceId: DeviceId) => Promise<void>;
  readonly newDeviceId: () => DeviceId;
  /** Keeps the language in which a person is answered. */
  readonly setLocale: (database: Database, personId: PersonId, locale: string) => Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly neighbours: IdentityNeighbours;
  readonly seal: IdentitySeal;
  /** What tokens for a company must carry as `aud`. */
  readonly audienceOf: (slug: string) => string;
  readonly addToOutbox: AddToOutbox;
  readonly sessionDays: number;
  readonly now: () => Date;
};

const DAY_MS = 86_400_000;

/** A session under its token. */
export type OpenedSession = { readonly token: string; readonly expiresAt: number };

/** Two browsers may prove the same new user at once; who comes second looks again. */
const ATTEMPTS = 3;

/** Lets companies say who their users are. */
export function createIdentityService(dependencies: Dependencies) {
  const { database, neighbours, seal, audienceOf, addToOutbox, sessionDays, now } = dependencies;

  function opened(key: IdentityKey): VerificationKey {
    return key.algorithm === 'HS256' ? { algorithm: 'HS256', secret: seal.open(key.sealedSecret, key.id) } : key;
  }

  const replayed = (): ApiError =>
    new ApiError('COM_SMOOPE_IDENTITY_REPLAYED', 'body.token: was used before; make a new one.', { field: 'body.token' });

  /** Who the session is after it has proven to be `identity`; undefined where a device is needed that was not made. */
  async function visitorOf(
    transaction: Database,
    locked: VisitorSession,
    identity: VerifiedIdentity,
    deviceId: DeviceId | undefined,
  ): Promise<VisitorSession['visitor'] | undefined> {
    const { visitor, companyId } = locked;
    if (identity.person !== null) {
      if (visitor?.personId === identity.person.personId) return visitor;
      return deviceId === undefined ? undefined : { ...identity.person, deviceId };
    }
    const identities = createVerifiedIdentityStore(transaction);
    // What another user wrote stays theirs: this one begins with their own first message.
    if (visitor === null || locked.identity !== null || (await identities.isVerified(visitor.personId, companyId))) return null;
    await identities.claim(identity.id, visitor);
    // Whoever knows this person without being proven could be anybody who once sent them a link.
    await neighbours.sessions(transaction).endUnproven(visitor.personId, companyId, identity.id);
    return visitor;
  }

  async function settle(
    transaction: Database,
    session: Session,
    {
      claims,
      hashes,
      token,
      deviceId,
    }: {
      claims: IdentityClaims;
      hashes: { subject: string; tokenId: string };
      token: string;
      deviceId: DeviceId | undefined;
    },
  ): Promise<string | undefined> {
    const identities = createVerifiedIdentityStore(transaction);
    const sessions = neighbours.sessions(transaction);
    if (!(await identities.useToken(hashes.tokenId, claims.expiresAt))) throw replayed();
    const locked = await sessions.lock(session.id);
    if (locked === undefined) throw new ApiError('M_UNKNOWN_TOKEN', 'This session has ended.');
    const at = now();
    const identity = await identities.verify({ companyId: session.companyId, subjectHash: hashes.subject, name: claims.name, at });
    if (locked.identity?.id === identity.id) {
      const unbound = locked.visitor === null && identity.person !== null;
      if (unbound && deviceId === undefined) return undefined;
      // The user wrote meanwhile from another browser.
      if (unbound && deviceId !== undefined) await sessions.bind(locked.id, { ...identity.person, deviceId });
      await sessions.verifyAgain(locked.id, at);
      await tellName(transaction, identity, claims);
      return token;
    }
    const visitor = await visitorOf(transaction, locked, identity, deviceId);
    if (visitor === undefined) return undefined;
    const next = newToken('v');
    const { companyId, channel, locale } = locked;
    await sessions.create({
      companyId,
      channel,
      locale: claims.locale ?? locale,
      tokenHash: hashToken(next),
      visitor,
      identity: { id: identity.id, verifiedAt: at },
    });
    await sessions.end(locked.id);
    await tellName(transaction, { ...identity, person: visitor }, claims);
    return next;
  }

  /** The name goes to the ghost's profile, the language to the person. */
  async function tellName(transaction: Database, { id, person, name }: VerifiedIdentity, claims: IdentityClaims): Promise<void> {
    if (person === null) return;
    if (claims.locale !== undefined) await neighbours.setLocale(transaction, person.personId, claims.locale);
    if (name !== null) await addToOutbox(transaction, [{ lane: id, action: 'publishName', payload: { identityId: id } }]);
  }

  return {
    /**
     * Lets a session go on as the user whom the company's token names: under the same token where it was that user already, else
     * under a new one, and the old session ends. Throws COM_SMOOPE_IDENTITY_MALFORMED, _KEY, _AUDIENCE, _EXPIRED or _REPLAYED.
     */
    async identify(session: Session, token: string, jwt: string): Promise<OpenedSession> {
      const company = await neighbours.getCompany(session.companyId);
      const keys = (await createIdentityKeyStore(database).list(company.id)).map(opened);
      const claims = await readIdentityToken(jwt, { keys, audience: audienceOf(company.slug), now: now() });
      const hashes = {
        subject: seal.hashSubject(company.id, claims.subject),
        tokenId: seal.hashTokenId(company.id, claims.tokenId),
      };
      const identities = createVerifiedIdentityStore(database);
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        if (await identities.isTokenUsed(hashes.tokenId)) throw replayed();
        const known = await identities.findBySubject(company.id, hashes.subject);
        const person = known?.person ?? null;
        const deviceId = person === null || person.personId === session.visitor?.personId ? undefined : neighbours.newDeviceId();
        if (person !== null && deviceId !== undefined) await neighbours.addDevice(person.userId, deviceId);
        const next = await inTransaction(database, async (transaction) => {
          const settled = await settle(transaction, session, { claims, hashes, token, deviceId });
          if (settled === undefined) throw new LookAgain();
          return settled;
        }).catch((error: unknown) => {
          if (error instanceof LookAgain) return undefined;
          throw error;
        });
        if (next !== undefined) return { token: next, expiresAt: now().getTime() + sessionDays * DAY_MS };
      }
      throw new Error('an identity changed again and again while it was looked at');
    },
    /** Deletes used tokens that have expired, and identities of users who never wrote. */
    async deleteExpired(): Promise<void> {
      const identities = createVerifiedIdentityStore(database);
      await identities.deleteExpiredTokens(now());
      await identities.deleteUnused();
    },
  };
}

/** Rolls a transaction back, token use and all, to begin again. */
class LookAgain extends Error {
  override readonly name = 'LookAgain';
}

/** See `createIdentityService`. */
export type IdentityService = ReturnType<typeof createIdentityService>;
