import { NOBODY, type Rules, type TableEntry } from './catalogue-entry.ts';

const sessionRules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: { start: 'opened', period: '1 hour; or until the account, the membership or the Matrix session ends' },
  recipients: [],
  export: { how: 'left out', because: 'It lives for an hour; the export has the browsers and devices that it belongs to.' },
  erasure: { how: 'deleted', with: 'the account, or the membership' },
};

/** Sessions of our API that were opened with a Matrix OpenID token. */
export const apiSessionTables: readonly TableEntry[] = [
  {
    table: 'api_session',
    purpose: 'Lets a Matrix client that somebody is signed in with use our API.',
    rules: sessionRules,
    columns: {
      id: 'Refers to the session.',
      user_id: 'Matrix id of the person.',
      account_id: 'Their account.',
      token_hash: 'Recognises the token; the token cannot be made from it.',
      devices: 'Matrix devices of the person then, by their random names: the session ends with each of them.',
      opened_at: 'Since when.',
      expires_at: 'When it ends by itself.',
    },
  },
  {
    table: 'matrix_token_use',
    purpose: 'Keeps a Matrix OpenID token from opening two sessions.',
    rules: { ...NOBODY, life: { start: 'the use', period: '2 hours, after which the homeserver has forgotten the token' } },
    columns: { hash: 'Recognises the token; a hash.', expires_at: 'When the row goes.' },
  },
];
