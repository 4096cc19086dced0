import type { Knex } from 'knex';

/** Who stands on an old message is looked up among former members too, at each event that is shown. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index company_member_company_id_user_id_idx on company_member (company_id, user_id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index company_member_company_id_user_id_idx');
}
