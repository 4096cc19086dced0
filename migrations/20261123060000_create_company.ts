import type { Knex } from 'knex';

/** Companies (tenants), their members, the agreements they accepted and their service accounts. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table company (
      id text primary key,
      slug text not null,
      bucket text not null check (bucket ~ '^[0-9a-f]{2}$'),
      name text not null,
      user_id text not null,
      device_id text not null,
      space_room_id text,
      team_room_id text,
      logo_mxc text,
      settings jsonb not null,
      last_number integer not null default 0,
      created_at timestamptz not null default now(),
      suspended_at timestamptz,
      closed_at timestamptz,
      constraint company_slug_key unique (slug),
      constraint company_user_id_key unique (user_id),
      constraint company_space_room_id_key unique (space_room_id),
      constraint company_team_room_id_key unique (team_room_id)
    );
    comment on table company is 'A tenant: on Matrix a ghost, a private space and a team room.';
    comment on column company.slug is 'Fixed for ever; part of Matrix ids and addresses.';
    comment on column company.bucket is 'Shard key, fixed at creation; names the registration that owns the company.';
    comment on column company.settings is 'Settings as decoded by companies/company-settings.ts.';
    comment on column company.last_number is 'Highest short number given to a conversation.';

    create table company_member (
      id text primary key,
      company_id text not null references company,
      user_id text not null,
      role text not null check (role in ('agent', 'admin')),
      display_name text,
      picture_mxc text,
      valid_from timestamptz not null default now(),
      valid_to timestamptz
    );
    create unique index company_member_current_key on company_member (company_id, user_id) where valid_to is null;
    create index company_member_user_id_idx on company_member (user_id) where valid_to is null;
    comment on table company_member is 'Agents and admins of a company, by Matrix id; ended memberships stay as rows.';
    comment on column company_member.display_name is 'What visitors read as name; the company chooses it, null means the company name.';

    create table processing_agreement_acceptance (
      id text primary key,
      company_id text not null references company,
      version text not null,
      accepted_by text not null,
      accepted_at timestamptz not null default now()
    );
    create index processing_agreement_acceptance_company_id_idx on processing_agreement_acceptance (company_id);
    comment on table processing_agreement_acceptance is 'Who accepted which version of the processing agreement for a company (GDPR article 28).';

    create table service_account (
      id text primary key,
      company_id text not null references company,
      name text not null,
      user_id text not null,
      device_id text not null,
      issued_at timestamptz not null default now(),
      revoked_at timestamptz
    );
    create unique index service_account_current_key on service_account (company_id, name) where revoked_at is null;
    comment on table service_account is 'Matrix users of a company for its own bots and integrations; the access token is at the homeserver only.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table service_account, processing_agreement_acceptance, company_member, company');
}
