import type { Knex } from 'knex';

/** Invitations of people to work for a company, by a link in a text or a mail. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table agent_invitation (
      id text primary key,
      company_id text not null references company,
      role text not null check (role in ('agent', 'admin')),
      display_name text,
      way text not null check (way in ('sms', 'mail')),
      sealed_address text,
      address_hash text not null,
      hint text not null,
      locale text not null,
      invited_by text not null references company_member,
      token_hash text,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      sent_at timestamptz,
      revoked_at timestamptz,
      accepted_at timestamptz,
      member_id text references company_member,
      terms_version text,
      terms_hash text,
      constraint agent_invitation_token_hash_key unique (token_hash),
      constraint agent_invitation_accepted_check check (
        (accepted_at is null) = (member_id is null) and (accepted_at is null) = (terms_version is null) and (accepted_at is null) = (terms_hash is null))
    );
    create index agent_invitation_company_id_idx on agent_invitation (company_id, created_at);
    create index agent_invitation_address_hash_idx on agent_invitation (address_hash, created_at);
    create index agent_invitation_invited_by_idx on agent_invitation (invited_by);
    create index agent_invitation_member_id_idx on agent_invitation (member_id) where member_id is not null;
    comment on table agent_invitation is 'Single-use links by which people become members of a company; an accepted one proves which terms they accepted.';
    comment on column agent_invitation.sealed_address is 'Where the link goes, encrypted; empty as soon as it was sent.';
    comment on column agent_invitation.address_hash is 'Keyed hash of it, for limits and so that a second invitation replaces the first.';
    comment on column agent_invitation.hint is 'What the admin knows the address by: its last digits, or first letter and domain.';
    comment on column agent_invitation.token_hash is 'SHA-256 of the token in the link; made when the link is sent, gone when it is used.';
    comment on column agent_invitation.terms_hash is 'SHA-256 of the terms in the language in which they were shown.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table agent_invitation');
}
