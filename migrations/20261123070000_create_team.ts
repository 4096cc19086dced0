import type { Knex } from 'knex';

/** What a company's people do in Matrix: departments, availability, and how each conversation stands in the inbox of the team room. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table department (
      id text primary key,
      company_id text not null references company,
      key text not null,
      name text not null,
      space_room_id text,
      inbox_room_id text,
      created_at timestamptz not null default now(),
      archived_at timestamptz,
      constraint department_key_key unique (company_id, key),
      constraint department_space_room_id_key unique (space_room_id),
      constraint department_inbox_room_id_key unique (inbox_room_id)
    );
    comment on table department is 'A part of a company with members of its own: on Matrix a space below the company''s and an inbox room.';
    comment on column department.key is 'Fixed for ever; part of Matrix aliases and what agents type.';

    create table department_member (
      department_id text not null references department,
      member_id text not null references company_member,
      added_at timestamptz not null default now(),
      constraint department_member_pkey primary key (department_id, member_id)
    );
    create index department_member_member_id_idx on department_member (member_id);
    comment on table department_member is 'Members of a company who are in a department; the row goes when they leave it.';

    create table member_availability (
      member_id text primary key references company_member,
      away boolean not null default false,
      changed_at timestamptz,
      last_assigned_at timestamptz
    );
    comment on table member_availability is 'Whether a member takes conversations, and whose turn it is; no row means here and never assigned.';

    create table conversation_inbox (
      conversation_id text primary key references conversation on delete cascade,
      revision integer not null default 0,
      shown_revision integer not null default 0,
      waiting_since timestamptz,
      claim_event_id text,
      absence_until timestamptz,
      warned_at timestamptz,
      agents_left_at timestamptz
    );
    create index conversation_inbox_claim_event_id_idx on conversation_inbox (claim_event_id) where claim_event_id is not null;
    comment on table conversation_inbox is 'How a conversation stands in the team room, and what was done of itself.';
    comment on column conversation_inbox.revision is 'Counts changes; the announcement shows shown_revision.';
    comment on column conversation_inbox.claim_event_id is 'Reaction by which it was claimed; taking it back undoes the claim.';
    comment on column conversation_inbox.absence_until is 'End of the absence of which the person was told.';
    comment on column conversation_inbox.warned_at is 'When the person was told that it will be closed; counts while nobody has written since.';
    comment on column conversation_inbox.agents_left_at is 'When its agents were taken out, long after it was closed.';

    create table conversation_label (
      conversation_id text not null references conversation on delete cascade,
      label text not null,
      added_at timestamptz not null default now()
    );
    create unique index conversation_label_key on conversation_label (conversation_id, lower(label));
    comment on table conversation_label is 'Short marks that agents give a conversation.';

    alter table conversation
      add column spoken_at timestamptz,
      add column spoken_by text check (spoken_by in ('person', 'company')),
      add constraint conversation_department_fkey foreign key (department) references department;
    create index conversation_department_idx on conversation (department) where department is not null;
    create index conversation_assignee_idx on conversation (assignee) where assignee is not null;
    comment on column conversation.spoken_at is 'Last message of the person or of a human of the company; texts sent by themselves do not count.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table conversation drop constraint conversation_department_fkey, drop column spoken_by, drop column spoken_at;
    drop index conversation_department_idx, conversation_assignee_idx;
    drop table conversation_label, conversation_inbox, member_availability, department_member, department`);
}
