import type { Knex } from 'knex';

/** Signed identities of a company's own users, and codes with which a session goes on in another window or on another device. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table identity_key (
      id text primary key,
      company_id text not null references company,
      algorithm text not null check (algorithm in ('HS256', 'ES256', 'EdDSA', 'RS256')),
      sealed_secret text,
      public_key jsonb,
      created_at timestamptz not null default now(),
      constraint identity_key_kind_check check ((algorithm = 'HS256') = (sealed_secret is not null) and (algorithm = 'HS256') = (public_key is null))
    );
    create index identity_key_company_id_idx on identity_key (company_id);
    comment on table identity_key is 'Keys with which a company signs who its users are; a revoked one is deleted.';
    comment on column identity_key.sealed_secret is 'HS256 secret, encrypted with AES-256-GCM.';
    comment on column identity_key.public_key is 'Public JWK.';

    create table verified_identity (
      id text primary key,
      company_id text not null references company,
      subject_hash text not null,
      person_id text references person,
      user_id text,
      name text,
      created_at timestamptz not null default now(),
      verified_at timestamptz not null,
      constraint verified_identity_subject_hash_key unique (company_id, subject_hash),
      constraint verified_identity_person_id_key unique (company_id, person_id),
      constraint verified_identity_person_check check ((person_id is null) = (user_id is null))
    );
    create index verified_identity_person_id_idx on verified_identity (person_id);
    comment on table verified_identity is 'A user of a company, proven by its signature; the person is null until the first message.';
    comment on column verified_identity.subject_hash is 'Keyed hash of the subject; the subject itself is not kept.';
    comment on column verified_identity.user_id is 'Ghost of the person in conversations with this company.';

    create table identity_token_use (
      hash text primary key,
      expires_at timestamptz not null
    );
    create index identity_token_use_expires_at_idx on identity_token_use (expires_at);
    comment on table identity_token_use is 'Ids of identity tokens that were used, keyed hashes, until the tokens expire by themselves.';

    alter table visitor_session
      add column identity_id text references verified_identity,
      add column identity_verified_at timestamptz,
      add constraint visitor_session_identity_check check ((identity_id is null) = (identity_verified_at is null));
    create index visitor_session_identity_id_idx on visitor_session (identity_id) where identity_id is not null;
    comment on column visitor_session.identity_verified_at is 'When this session last showed a token of the company.';

    create table session_code (
      hash text primary key,
      session_id text not null references visitor_session on delete cascade,
      purpose text not null check (purpose in ('popout', 'app', 'resume')),
      expires_at timestamptz not null
    );
    create index session_code_session_id_idx on session_code (session_id);
    create index session_code_expires_at_idx on session_code (expires_at);
    comment on table session_code is 'Single-use codes that open a further session of the same person; the row goes when the code is used.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table session_code;
    alter table visitor_session drop constraint visitor_session_identity_check, drop column identity_verified_at, drop column identity_id;
    drop table identity_token_use, verified_identity, identity_key`);
}
