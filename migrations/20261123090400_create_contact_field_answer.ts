import type { Knex } from 'knex';

/** Where a team was told what a person gave, so that it goes when the person changes or takes it back. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table contact_field_answer (
      event_id text primary key,
      room_id text not null,
      conversation_id text not null references conversation on delete cascade
    );
    create index contact_field_answer_conversation_id_idx on contact_field_answer (conversation_id);
    comment on table contact_field_answer is 'Answers to !who: events in a team room that hold contact fields of a person.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table contact_field_answer');
}
