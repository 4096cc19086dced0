import type { Rules, TableEntry } from './catalogue-entry.ts';

const rules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: { start: 'begun', period: 'until the account is made, else 24 hours; the row an hour longer at most' },
  recipients: [],
  export: { how: 'left out', because: 'It is gone within a day; what it led to is exported with the account.' },
  erasure: { how: 'deleted', with: 'its own end within a day' },
};

/** People who make an account. */
export const registrationTables: readonly TableEntry[] = [
  {
    table: 'registration',
    purpose: 'What somebody has proven who makes an account, until it is made.',
    rules,
    columns: {
      id: 'Refers to the registration.',
      flow_hash: 'Which sign-in and browser it belongs to; a keyed hash.',
      number_sealed: 'The mobile number, encrypted.',
      number_hash: 'Keyed hash of the number.',
      proved_at: 'When the number was proved.',
      first_name: 'Name as another network has it, to be corrected.',
      last_name: 'Name as another network has it, to be corrected.',
      email_sealed: 'Mail address, encrypted.',
      email_proved_at: 'When the address was proved.',
      notice_version: 'Which privacy notice the person has seen.',
      notice_hash: 'Proves its text.',
      created_at: 'When it began.',
      expires_at: 'When it ends by itself.',
    },
  },
];
