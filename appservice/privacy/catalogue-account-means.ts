import type { Rules, TableEntry } from './catalogue-entry.ts';

const rules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: { start: 'last sign-in', period: 'until the person takes it away or deletes the account; 24 months without a sign-in' },
  recipients: [],
  export: { how: 'included', as: 'account' },
  erasure: { how: 'deleted', with: 'the account' },
};

const hashed = { how: 'left out', because: 'A hash says nothing to the person; what it stands for is exported.' } as const;

/** What an account is reached and signed in to by. */
export const accountMeansTables: readonly TableEntry[] = [
  {
    table: 'account_number',
    purpose: 'The mobile number with which the person signs in and is told of changes.',
    rules,
    columns: {
      account_id: 'Whose it is.',
      number_sealed: { purpose: 'The number, encrypted.', recipients: ['SMS gateway, when a text is sent'] },
      number_hash: { purpose: 'Finds the account of a number; a keyed hash.', export: hashed },
      proved_at: 'When it was proved last: numbers change their owners.',
    },
  },
  {
    table: 'account_email',
    purpose: 'The mail address, where the person gave one, to get back into the account and be told of changes.',
    rules,
    columns: {
      account_id: 'Whose it is.',
      address_sealed: { purpose: 'The address, encrypted.', recipients: ['mail server, when a mail is sent'] },
      address_hash: { purpose: 'Finds accounts of an address; a keyed hash.', export: hashed },
      proved_at: 'When a link proved it.',
    },
  },
  {
    table: 'account_password',
    purpose: 'The password, where the person wants one.',
    rules,
    columns: {
      account_id: 'Whose it is.',
      hash: { purpose: 'Checks it; the password cannot be made from it.', export: hashed },
      changed_at: 'When it was set.',
    },
  },
  {
    table: 'account_link',
    purpose: 'Links by mail that prove an address, and proofs with which a new password is set.',
    rules: {
      ...rules,
      life: { start: 'made', period: 'until it is used, a day for an address, 20 minutes for a password' },
      export: hashed,
    },
    columns: {
      token_hash: 'Recognises the link; it cannot be made from it.',
      account_id: 'Whose it is.',
      purpose: 'What it is for.',
      address_sealed: 'The address that it proves, encrypted.',
      expires_at: 'When it ends.',
    },
  },
  {
    table: 'known_browser',
    purpose: 'Opens an account to its owner where its number was not proved for long, because numbers change their owners.',
    rules: {
      ...rules,
      basis: 'GDPR 6(1)(f): running the service safely',
      life: { start: 'last sign-in there', period: '400 days' },
      export: hashed,
    },
    columns: {
      token_hash: 'Recognises the cookie; the cookie cannot be made from it.',
      account_id: 'Whose account.',
      last_used_at: 'Last sign-in there.',
    },
  },
  {
    table: 'account_restriction',
    purpose: 'Closes an account whose number belongs to somebody else now, after its owner was told.',
    rules,
    columns: {
      account_id: 'Which account.',
      since: 'Since when.',
      closes_at: 'When it closes unless a new number is proved.',
      closed_at: 'When it was closed.',
    },
  },
  {
    table: 'password_try',
    purpose: 'Makes guessing of passwords slow.',
    rules: {
      ...rules,
      basis: 'GDPR 6(1)(f): running the service safely',
      life: { start: 'last try', period: 'a day, or until the right password' },
      export: hashed,
      erasure: { how: 'deleted', with: 'its own end within a day' },
    },
    columns: {
      identifier_hash: 'Keyed hash of the number or address that was tried, known or not.',
      tries: 'How often.',
      last_at: 'When last.',
    },
  },
];
