import type { Knex } from 'knex';

/** Conversations, the index of their events, the agents in them, and rooms made in advance. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table conversation (
      id text primary key,
      company_id text not null references company,
      number integer not null,
      person_id text not null references person,
      room_id text not null,
      encrypted boolean not null,
      channel text not null check (channel in ('widget', 'form', 'matrix')),
      status text not null check (status in ('waiting', 'open', 'closed')),
      department text,
      assignee text,
      announcement_event_id text,
      last_seq integer not null default 0,
      read_by_person_seq integer not null default 0,
      read_by_company_seq integer not null default 0,
      opened_at timestamptz not null default now(),
      last_event_at timestamptz not null default now(),
      closed_at timestamptz,
      constraint conversation_room_id_key unique (room_id),
      constraint conversation_number_key unique (company_id, number)
    );
    create index conversation_person_id_idx on conversation (person_id, company_id);
    create index conversation_status_idx on conversation (company_id, status);
    create index conversation_announcement_event_id_idx on conversation (announcement_event_id);
    comment on table conversation is 'One Matrix room between one person and one company.';
    comment on column conversation.status is 'waiting: nobody has answered since it was opened or reopened; open: answered; closed.';
    comment on column conversation.last_seq is 'Highest seq in conversation_event; the row lock on it orders commits.';

    create table conversation_event (
      conversation_id text not null references conversation,
      seq integer not null,
      room_id text not null,
      event_id text not null,
      type text not null,
      sender text not null,
      about_person text references person,
      mxc text[] not null default '{}',
      at timestamptz not null,
      constraint conversation_event_pkey primary key (conversation_id, seq),
      constraint conversation_event_event_id_key unique (event_id)
    );
    create index conversation_event_about_person_idx on conversation_event (about_person) where about_person is not null;
    comment on table conversation_event is 'Index of events without content: duplicates, resume, media, counts, erasure.';
    comment on column conversation_event.room_id is 'The conversation itself, or the team room for what is written about it there.';

    create table conversation_agent (
      conversation_id text not null references conversation,
      user_id text not null,
      joined_at timestamptz not null,
      left_at timestamptz,
      constraint conversation_agent_pkey primary key (conversation_id, user_id)
    );
    create index conversation_agent_user_id_idx on conversation_agent (user_id) where left_at is null;
    comment on table conversation_agent is 'Members of the company that are or were in the room of a conversation.';

    create table prepared_room (
      room_id text primary key,
      company_id text not null references company,
      number integer not null,
      user_id text not null,
      device_id text not null,
      created_at timestamptz not null default now()
    );
    create index prepared_room_company_id_idx on prepared_room (company_id);
    comment on table prepared_room is 'Rooms made in advance, each with its ghost and device; the row goes when a conversation takes it.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table prepared_room, conversation_agent, conversation_event, conversation');
}
