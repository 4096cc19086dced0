import { NOBODY, type TableEntry } from './catalogue-entry.ts';

/** Proving mobile numbers by text. */
export const phoneTables: readonly TableEntry[] = [
  {
    table: 'phone_code',
    purpose: 'Proves that somebody has a mobile number.',
    rules: {
      basis: 'GDPR 6(1)(b): the service that the person asked for',
      subjects: ['customer'],
      life: { start: 'asked for', period: 'ten minutes, or until it is used; the row an hour longer at most' },
      recipients: [],
      export: {
        how: 'left out',
        because: 'Keyed hashes that live for minutes say nothing to the person; the number is exported with the account.',
      },
      erasure: { how: 'deleted', with: 'its own end within minutes' },
    },
    columns: {
      number_hash: 'Keyed hash of the number.',
      purpose: 'What the proof is for.',
      flow_hash: 'Keyed hash of the browser that asked.',
      code_hash: 'Keyed hash of the code.',
      tries: 'How often a code was tried.',
      expires_at: 'When it ends.',
    },
  },
  {
    table: 'phone_code_text',
    purpose: 'Holds off floods of texts, which cost money and annoy people.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['customer'],
      life: { start: 'the text', period: 'a day; the row an hour longer at most' },
      recipients: [],
      export: {
        how: 'left out',
        because: 'Keyed hashes that live for a day say nothing to the person; the number is exported with the account.',
      },
      erasure: { how: 'deleted', with: 'its own end within a day' },
    },
    columns: {
      id: 'Order.',
      number_hash: 'Keyed hash of the number.',
      range_hash: 'Keyed hash of the number without its last three digits.',
      network_hash: 'Keyed hash of the truncated address that asked.',
      sent_at: 'When.',
    },
  },
  {
    table: 'text_spend',
    purpose: 'Keeps what texts cost below the limit of a day.',
    rules: { ...NOBODY, life: { start: 'the day', period: '400 days' } },
    columns: { day: 'Which day.', texts: 'How many texts.', stopped_at: 'When the limit was reached.' },
  },
];
