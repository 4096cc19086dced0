import type { Knex } from 'knex';

/** Conversations that a visitor took along into an account. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table continued_conversation (
      conversation_id text primary key references conversation on delete cascade,
      ghost text not null,
      user_id text not null,
      continued_at timestamptz not null,
      joined_at timestamptz,
      left_at timestamptz
    );
    comment on table continued_conversation is 'How far the move of a conversation from a visitor''s ghost to an account is in its room.';
    comment on column continued_conversation.ghost is 'Matrix id under which the person wrote before.';
    comment on column continued_conversation.user_id is 'Matrix id of the account.';
    comment on column continued_conversation.joined_at is 'When the account was in the room and the team was told.';
    comment on column continued_conversation.left_at is 'When the ghost had left it.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table continued_conversation');
}
