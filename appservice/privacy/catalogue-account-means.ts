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
];
