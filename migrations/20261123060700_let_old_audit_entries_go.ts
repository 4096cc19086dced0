import type { Knex } from 'knex';

/** Entries of the audit log may be deleted when they are older than a year, as the data catalogue promises; nothing else changes. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger audit_log_append_only on audit_log;
    create function audit_log_keeps_a_year() returns trigger language plpgsql as $$
    begin
      if old.at >= now() - interval '12 months' then raise exception 'audit_log is append-only'; end if;
      return old;
    end $$;
    create trigger audit_log_append_only before update or truncate on audit_log
      for each statement execute function audit_log_is_append_only();
    create trigger audit_log_kept before delete on audit_log for each row execute function audit_log_keeps_a_year();
    create index audit_log_at_idx on audit_log (at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index audit_log_at_idx;
    drop trigger audit_log_kept on audit_log;
    drop trigger audit_log_append_only on audit_log;
    drop function audit_log_keeps_a_year();
    create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function audit_log_is_append_only();
  `);
}
