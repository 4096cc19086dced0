import type { Knex } from 'knex';

/** The two ways between PostgreSQL and Matrix: what came in, and what has still to go out. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table outbox (
      id bigint generated always as identity primary key,
      lane text not null,
      action text not null,
      payload jsonb not null,
      attempts integer not null default 0,
      next_at timestamptz not null default now(),
      failed_at timestamptz,
      failed_code text,
      created_at timestamptz not null default now()
    );
    create index outbox_lane_idx on outbox (lane, id) where failed_at is null;
    comment on table outbox is 'Matrix calls to be made after commit, in order within a lane; ids and template names, never words.';
    comment on column outbox.lane is 'Room id, company id, or company id and user id of a member; calls of one lane go out one after the other.';

    create table homeserver_transaction (
      txn_id text primary key,
      received_at timestamptz not null default now()
    );
    create index homeserver_transaction_received_at_idx on homeserver_transaction (received_at);
    comment on table homeserver_transaction is 'Transactions of the homeserver that were applied; a repeated one has no effect.';

    create table set_aside_event (
      event_id text primary key,
      room_id text not null,
      error_code text not null,
      attempts integer not null default 0,
      next_at timestamptz not null default now(),
      created_at timestamptz not null default now()
    );
    comment on table set_aside_event is 'Events that failed to apply; read again from the homeserver and retried.';

    create table homeserver_position (
      name text primary key,
      token text not null,
      taken_at timestamptz not null
    );
    comment on table homeserver_position is 'Sync token from which the gap is read after an outage.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table homeserver_position, set_aside_event, homeserver_transaction, outbox');
}
