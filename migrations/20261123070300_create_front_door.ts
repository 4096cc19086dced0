import type { Knex } from 'knex';

/** Rooms in which people wrote to a company's ghost from a Matrix client, and which of their words were carried over from there. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table front_door (
      room_id text primary key,
      company_id text not null references company,
      user_id text not null,
      person_id text references person on delete cascade,
      invite_event_id text not null,
      conversation_id text references conversation on delete cascade,
      opened_at timestamptz not null default now(),
      leave_at timestamptz not null,
      left_at timestamptz
    );
    create index front_door_user_id_idx on front_door (user_id, company_id, opened_at);
    create index front_door_person_id_idx on front_door (person_id);
    create index front_door_conversation_id_idx on front_door (conversation_id);
    create index front_door_leave_at_idx on front_door (leave_at) where left_at is null;
    comment on table front_door is 'Rooms of people into which they invited a company''s ghost; it leaves them as soon as the conversation has a room of its own.';
    comment on column front_door.person_id is 'Null: somebody of the company itself, who is only told where conversations are.';
    comment on column front_door.leave_at is 'When the ghost leaves at the latest.';

    create table carried_event (
      event_id text primary key,
      room_id text not null references front_door on delete cascade,
      carried_event_id text not null,
      carried_at timestamptz not null default now()
    );
    create index carried_event_room_id_idx on carried_event (room_id);
    comment on table carried_event is 'Which event of a front door became which of the conversation, so that it is carried once and taken back when the person takes it back.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table carried_event, front_door');
}
