import type { Knex } from 'knex';

/** Deletions for good, asked for by people, with the step each has reached. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table erasure (
      id text primary key,
      company_id text not null references company,
      person_id text,
      conversation_ids text[] not null,
      ghosts text[] not null,
      with_person boolean not null,
      step text not null,
      requested_at timestamptz not null default now(),
      finished_at timestamptz
    );
    create index erasure_unfinished_idx on erasure (requested_at) where finished_at is null;
    comment on table erasure is 'Deletions that are under way; a finished one keeps no id of what it deleted.';
    comment on column erasure.person_id is 'No foreign key: the row outlives the person by a step.';
    comment on column erasure.ghosts is 'Matrix ids under which the person wrote, where the person goes too.';
    comment on column erasure.step is 'The step that is done next, of privacy/erasure-store.ts.';

    alter table conversation add column hidden_at timestamptz;
    comment on column conversation.hidden_at is 'Set when its deletion was asked for: from then on it is found by nothing but the deletion.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table conversation drop column hidden_at; drop table erasure');
}
