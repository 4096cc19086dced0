import { NOBODY, type Rules, type TableEntry } from './catalogue-entry.ts';

const accountRules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: { start: 'last sign-in', period: 'until the person deletes the account; 24 months without a sign-in' },
  recipients: [],
  export: { how: 'included', as: 'account' },
  erasure: { how: 'deleted', with: 'the account' },
};

const browserRules: Rules = {
  ...accountRules,
  life: { start: 'last use', period: '30 days, or until sign-out' },
  export: { how: 'included', as: 'browsers' },
};

const openidRules: Rules = {
  ...accountRules,
  life: { start: 'made', period: 'a code 1 minute, a token 10, a sign-in under way 30, a session 30 days after its last use' },
  export: { how: 'left out', because: 'Ids and times of sign-ins; the export has the browsers that they belong to.' },
};

/** Accounts, the browsers they are signed in with, and what the OpenID provider in front of the homeserver keeps. */
export const accountTables: readonly TableEntry[] = [
  {
    table: 'account',
    purpose: 'Who signs in, and what companies may call them.',
    rules: accountRules,
    columns: {
      id: { purpose: 'Refers to the account; the local part of the Matrix id.', recipients: ['who shares a conversation with the person'] },
      person_id: 'Whose it is.',
      first_name: {
        purpose: 'Name of the person; shown to companies where there is no alias.',
        recipients: ['companies the person writes to, where there is no alias'],
      },
      last_name: 'Name of the person; a company reads it only when the person releases it.',
      alias: { purpose: 'Name that companies see in place of the first name.', recipients: ['companies the person writes to'] },
      notice_version: 'Which privacy notice the person has seen.',
      notice_hash: 'Proves its text.',
      notice_seen_at: 'When it was seen.',
      created_at: 'Since when.',
    },
  },
  {
    table: 'account_session',
    purpose: 'Knows a browser again in which the person is signed in, and shows the person the list of them.',
    rules: browserRules,
    columns: {
      id: 'Refers to the session.',
      account_id: 'Whose it is.',
      token_hash: {
        purpose: 'Recognises the cookie; the cookie cannot be made from it.',
        export: { how: 'left out', because: 'A hash of a random token says nothing to the person.' },
      },
      browser: 'Family of the browser, for the list.',
      system: 'Family of its system, for the list.',
      provider_session: {
        purpose: 'Which session of the OpenID provider ends with it.',
        export: { how: 'left out', because: 'A random name of a row says nothing to the person.' },
      },
      signed_in_at: 'Since when.',
      last_used_at: 'When it was last used, to the hour.',
    },
  },
  {
    table: 'openid_record',
    purpose: 'Sign-ins under way, codes, tokens, grants and sessions of the OpenID provider in front of the homeserver.',
    rules: openidRules,
    columns: {
      kind: 'What it is.',
      id_hash: 'Recognises it; a keyed hash.',
      sealed: 'Its content, encrypted: account, times, and what the homeserver asked for.',
      grant_hash: 'What it is revoked with; a keyed hash.',
      uid_hash: 'How a session is found without its cookie; a keyed hash.',
      account_id: 'Whose it is, so that it goes with the account.',
      consumed_at: 'When it was used.',
      expires_at: 'When it ends by itself.',
    },
  },
  {
    table: 'openid_signing_key',
    purpose: 'Keys with which tokens for the homeserver are signed.',
    rules: { ...NOBODY, life: { start: 'made', period: '90 days, until its successor signs and its last token has ended' } },
    columns: { id: 'Refers to the key.', sealed_key: 'The private key, encrypted.', created_at: 'Since when.' },
  },
];
