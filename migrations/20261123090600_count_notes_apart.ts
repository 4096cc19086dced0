import type { Knex } from 'knex';

/** What the team writes about a conversation gets places of its own: gaps would tell the person how often and when it does. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table conversation add column last_note integer not null default 0;
    comment on column conversation.last_note is 'How many events are about the person and not for them: notes, commands, announcements.';
    comment on column conversation_event.seq is 'Place in the conversation; below zero for what is about the person and not for them.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table conversation drop column last_note');
}
