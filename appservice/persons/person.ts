import type { PersonId, UserId } from '../ids.ts';

/** A Matrix user id of a person; never re-keyed (design, terms). */
export type PersonIdentity = {
  readonly personId: PersonId;
  readonly kind: 'visitor' | 'customer' | 'agent';
  readonly userId: UserId;
};
