/** Branded ids: a plain string cannot stand in for one by accident. Cast only where a value enters the system. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Row id of a company (UUID). */
export type CompanyId = Branded<'CompanyId'>;
/** Row id of a person, the data subject (UUID). */
export type PersonId = Branded<'PersonId'>;
/** Row id of a conversation (UUID). */
export type ConversationId = Branded<'ConversationId'>;
/** Row id of a visitor session (UUID). */
export type SessionId = Branded<'SessionId'>;
/** Row id of a verified identity: a user of a company, proven by its signature (UUID). */
export type IdentityId = Branded<'IdentityId'>;
/** Id of an account: random letters and digits; also the local part of its Matrix id. */
export type AccountId = Branded<'AccountId'>;
/** Row id of a browser in which somebody is signed in (UUID). */
export type AccountSessionId = Branded<'AccountSessionId'>;
/** Row id of a session of our API (UUID). */
export type ApiSessionId = Branded<'ApiSessionId'>;
/** Row id of an invitation of somebody to work for a company (UUID). */
export type AgentInvitationId = Branded<'AgentInvitationId'>;
/** Row id of somebody who makes an account (UUID). */
export type RegistrationId = Branded<'RegistrationId'>;
/** Row id of an erasure (UUID). */
export type ErasureId = Branded<'ErasureId'>;
/** Matrix user id, `@localpart:server` (https://spec.matrix.org/v1.15/appendices/#user-identifiers). */
export type UserId = Branded<'UserId'>;
/** Matrix room id; from room version 12 on it has no server part. */
export type RoomId = Branded<'RoomId'>;
/** Matrix event id, `$…`. */
export type EventId = Branded<'EventId'>;
/** Matrix device id of a ghost; transaction ids are kept per device. */
export type DeviceId = Branded<'DeviceId'>;
/** Mobile number as E.164 (`+491511234567`), checked against the numbering plan. */
export type MobileNumber = Branded<'MobileNumber'>;
