import type { Knex } from 'knex';

/** Browsers in which somebody was signed in before, accounts that lost their number to its new owner, and tries of passwords. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table known_browser (
      token_hash text not null,
      account_id text not null references account on delete cascade,
      last_used_at timestamptz not null,
      constraint known_browser_pkey primary key (token_hash, account_id)
    );
    create index known_browser_account_id_idx on known_browser (account_id);
    create index known_browser_last_used_at_idx on known_browser (last_used_at);
    comment on table known_browser is 'Browsers in which an account was signed in to; signs nobody in, and stays when somebody signs out.';
    comment on column known_browser.token_hash is 'SHA-256 of the token in the browser''s long-lived cookie.';

    create table account_restriction (
      account_id text primary key references account on delete cascade,
      since timestamptz not null,
      closes_at timestamptz not null,
      closed_at timestamptz
    );
    create index account_restriction_closes_at_idx on account_restriction (closes_at) where closed_at is null;
    comment on table account_restriction is 'Accounts whose number got a new owner: closed for good unless a new number is proved in time.';

    create table password_try (
      identifier_hash text primary key,
      tries integer not null,
      last_at timestamptz not null
    );
    create index password_try_last_at_idx on password_try (last_at);
    comment on table password_try is 'Wrong passwords for a number or address, known or not, so that guessing becomes slow.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table password_try, account_restriction, known_browser');
}
