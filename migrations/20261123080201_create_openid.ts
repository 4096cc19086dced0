import type { Knex } from 'knex';

/** What the OpenID provider keeps: sign-ins under way, codes, tokens, sessions, and the keys it signs with. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table openid_record (
      kind text not null,
      id_hash text not null,
      sealed text not null,
      grant_hash text,
      uid_hash text,
      account_id text,
      consumed_at timestamptz,
      expires_at timestamptz not null,
      constraint openid_record_pkey primary key (kind, id_hash)
    );
    create index openid_record_grant_hash_idx on openid_record (grant_hash) where grant_hash is not null;
    create unique index openid_record_uid_hash_key on openid_record (uid_hash) where uid_hash is not null;
    create index openid_record_account_id_idx on openid_record (account_id) where account_id is not null;
    create index openid_record_expires_at_idx on openid_record (expires_at);
    comment on table openid_record is 'State of the OpenID provider in front of the homeserver, one row a sign-in, code, token, grant or session.';
    comment on column openid_record.id_hash is 'Keyed hash: codes, tokens and cookies cannot be made from it.';
    comment on column openid_record.sealed is 'Content, encrypted with AES-256-GCM; it holds the id itself.';
    comment on column openid_record.grant_hash is 'Keyed hash of the grant with which it is revoked.';
    comment on column openid_record.uid_hash is 'Keyed hash of the name under which a session is found without its cookie.';
    comment on column openid_record.account_id is 'No foreign key: rows of an account that is gone expire by themselves.';

    create table openid_signing_key (
      id text primary key,
      sealed_key text not null,
      created_at timestamptz not null
    );
    comment on table openid_signing_key is 'Keys with which tokens for the homeserver are signed; which of them signs follows from their age.';
    comment on column openid_signing_key.sealed_key is 'Private JWK, encrypted with AES-256-GCM.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table openid_signing_key, openid_record');
}
