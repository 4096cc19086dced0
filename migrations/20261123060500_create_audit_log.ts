import type { Knex } from 'knex';

/** Who operates the platform, and what was done. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table operator_token (
      id text primary key,
      token_hash text not null,
      label text not null,
      created_at timestamptz not null default now(),
      revoked_at timestamptz,
      constraint operator_token_token_hash_key unique (token_hash)
    );
    comment on table operator_token is 'Bearer tokens of the operator API, hashed.';

    create table audit_log (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      actor text not null,
      action text not null,
      company_id text,
      detail jsonb not null
    );
    create index audit_log_company_id_idx on audit_log (company_id, id);
    comment on table audit_log is 'Append-only record of what operators and admins did: ids, codes and names of changed settings.';

    create function audit_log_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'audit_log is append-only';
    end $$;
    create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function audit_log_is_append_only();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table audit_log, operator_token; drop function audit_log_is_append_only()');
}
