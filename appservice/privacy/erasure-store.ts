import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, ErasureId, PersonId, UserId } from '../ids.ts';

/** Steps of an erasure in their order. `lateNotes`: what was written about the person while the others went on. */
export const ERASURE_STEPS = ['notes', 'media', 'rooms', 'ghosts', 'lateNotes', 'rows'] as const;

/** See `ERASURE_STEPS`. */
export type ErasureStep = (typeof ERASURE_STEPS)[number];

/** A deletion that is under way. */
export type Erasure = {
  readonly id: ErasureId;
  readonly companyId: CompanyId;
  readonly personId: PersonId;
  readonly conversationIds: readonly ConversationId[];
  /** Matrix ids that go, where the person goes. */
  readonly ghosts: readonly UserId[];
  /** Whether the person goes too, as far as this company knows them. */
  readonly withPerson: boolean;
  /** What is done next. */
  readonly step: ErasureStep;
};

type Row = {
  id: ErasureId;
  company_id: CompanyId;
  person_id: PersonId | null;
  conversation_ids: ConversationId[];
  ghosts: UserId[];
  with_person: boolean;
  step: ErasureStep;
  finished_at: Date | null;
};

/** Rows of `erasure`. */
export function createErasureStore(database: Database) {
  const erasures = () => database<Row>('erasure');
  return {
    async add({ companyId, personId, conversationIds, ghosts, withPerson }: Omit<Erasure, 'id' | 'step'>): Promise<ErasureId> {
      const id = randomUUID() as ErasureId;
      await database('erasure').insert({
        id,
        company_id: companyId,
        person_id: personId,
        conversation_ids: [...conversationIds],
        ghosts: [...ghosts],
        with_person: withPerson,
        step: ERASURE_STEPS[0],
      });
      return id;
    },
    /** Lets what is being deleted of a person be another's, who is the same human. */
    async moveToPerson(from: PersonId, to: PersonId): Promise<void> {
      await erasures().where({ person_id: from }).update({ person_id: to });
    },
    /** One that is not finished. */
    async find(id: ErasureId): Promise<Erasure | undefined> {
      const row = await erasures().where({ id }).whereNull('finished_at').first();
      if (row === undefined || row.person_id === null) return undefined;
      const { company_id: companyId, person_id: personId, conversation_ids: conversationIds, ghosts, with_person: withPerson, step } = row;
      return { id, companyId, personId, conversationIds, ghosts, withPerson, step };
    },
    /** Those that are not finished, the oldest first. */
    async listUnfinished(limit: number): Promise<ErasureId[]> {
      return erasures().whereNull('finished_at').orderBy('requested_at').limit(limit).pluck('id');
    },
    async setStep(id: ErasureId, step: ErasureStep): Promise<void> {
      await erasures().where({ id }).update({ step });
    },
    /** Ends it; no id of what was deleted stays. */
    async finish(id: ErasureId): Promise<void> {
      await database('erasure').where({ id }).update({ finished_at: database.fn.now(), person_id: null, conversation_ids: [], ghosts: [] });
    },
  };
}
