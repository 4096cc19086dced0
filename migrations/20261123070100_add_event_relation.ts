import type { Knex } from 'knex';

/** How events hang on each other (edits, reactions, redactions), so that who may do it and what goes with it is known without words. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table conversation_event add column rel_type text, add column related_event_id text;
    create index conversation_event_related_event_id_idx on conversation_event (related_event_id) where related_event_id is not null;
    comment on column conversation_event.rel_type is 'Matrix rel_type of an edit or reaction; null for a redaction and for all else.';
    comment on column conversation_event.related_event_id is 'The event that is edited, reacted to or redacted.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table conversation_event drop column related_event_id, drop column rel_type');
}
