import { NOBODY, type FileEntry, type Rules, type TableEntry } from './catalogue-entry.ts';

const passing: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['visitor', 'customer', 'agent', 'admin'],
  life: { start: 'the entry', period: 'seconds, until it is carried out; what failed for good, 30 days' },
  recipients: [],
  export: { how: 'left out', because: 'It repeats ids that the export has from their own tables, for seconds.' },
  erasure: { how: 'deleted', with: 'the entries that name ids of the person' },
};

/** The ways between our database and Matrix, and limits. */
export const machineryTables: readonly TableEntry[] = [
  {
    table: 'outbox',
    purpose: 'Matrix calls that follow from a change and go out after it was committed; ids, never words.',
    rules: passing,
    columns: {
      id: 'Order.',
      lane: 'Calls of one lane go out one after the other; a room id, the address of a file, an identity, an account, or a company id with the Matrix id of a member.',
      action: 'What is to be done.',
      payload: 'Ids it is done with.',
      attempts: 'How often it was tried.',
      next_at: 'When it is tried again.',
      failed_at: 'When it was given up.',
      failed_code: 'Why.',
      created_at: 'When it was entered.',
    },
  },
  {
    table: 'homeserver_transaction',
    purpose: 'Deliveries of the homeserver that were applied, so that a repeated one has no effect.',
    rules: { ...NOBODY, life: { start: 'received', period: 'days, until the homeserver cannot repeat it any more' } },
    columns: { txn_id: 'Number of the delivery.', received_at: 'When.' },
  },
  {
    table: 'set_aside_event',
    purpose: 'Events that could not be applied and are tried again.',
    rules: passing,
    columns: {
      event_id: 'Matrix event.',
      room_id: 'Its room.',
      error_code: 'Why it failed.',
      attempts: 'How often it was tried.',
      next_at: 'When it is tried again.',
      created_at: 'When it was set aside.',
    },
  },
  {
    table: 'homeserver_position',
    purpose: 'Where reading goes on after an outage.',
    rules: { ...NOBODY, life: { start: 'taken', period: 'until the next one' } },
    columns: { name: 'Which stream.', token: 'Position in it.', taken_at: 'When.' },
  },
  {
    table: 'rate_limit',
    purpose: 'Holds off floods.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['visitor', 'customer', 'agent', 'admin', 'operator'],
      life: { start: 'first request', period: 'the window of the limit, an hour at most' },
      recipients: [],
      export: {
        how: 'left out',
        because: 'It is a number of requests that lives for minutes, under a keyed hash from which nobody is read.',
      },
      erasure: { how: 'deleted', with: 'its own end, within an hour' },
    },
    columns: { key: 'Keyed hash of a truncated address, a person or a company.', points: 'Number of requests.', expire: 'When it ends.' },
  },
];

/** Files and logs. */
export const files: readonly FileEntry[] = [
  {
    file: 'log of the appservice',
    purpose: 'Finds faults: event names, ids of rows and rooms, codes, counts, durations (an allow-list).',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['visitor', 'customer', 'agent', 'admin', 'operator'],
      life: { start: 'the line', period: '7 days' },
      recipients: [],
      export: { how: 'left out', because: 'Its ids stand in the export from their own tables; it has no words, names or addresses.' },
      erasure: { how: 'deleted', with: 'its rotation; once the rows are gone its ids lead to nobody' },
    },
  },
  {
    file: 'log of the homeserver',
    purpose: 'Finds faults of the homeserver; addresses in it are truncated by the proxy.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['visitor', 'customer', 'agent', 'admin', 'operator'],
      life: { start: 'the line', period: '7 days' },
      recipients: [],
      export: { how: 'left out', because: 'It is sorted by time and not by person, and gone within days.' },
      erasure: { how: 'deleted', with: 'its rotation' },
    },
  },
  {
    file: 'cache smoope-shell-… in browsers',
    purpose:
      'Opens the web client without a connection for whoever is signed in: its empty page, scripts and styles, the same for everybody. Strictly necessary for the app that the person opened (TDDDG section 25(2)).',
    rules: {
      ...NOBODY,
      life: { start: 'the first visit of somebody signed in', period: 'until the session ends in this browser, or the next build' },
    },
  },
  {
    file: 'log of PostgreSQL',
    purpose: 'Finds faults of the database; statements and rows are not in it.',
    rules: {
      ...NOBODY,
      life: { start: 'the line', period: '7 days' },
    },
  },
  {
    file: 'log of the proxy',
    purpose: 'Finds faults before the service: time, truncated address, status, size, duration, without addresses of pages.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['visitor', 'customer', 'agent', 'admin', 'operator'],
      life: { start: 'the line', period: '7 days' },
      recipients: [],
      export: { how: 'left out', because: 'A truncated address cannot be assigned to a person.' },
      erasure: { how: 'deleted', with: 'its rotation' },
    },
  },
  {
    file: 'outbox.jsonl',
    purpose: 'SMS and mails of a service in development, in place of sending them; there is none in production.',
    rules: {
      basis: 'GDPR 6(1)(b): the service that the person asked for',
      subjects: ['visitor'],
      life: { start: 'the text', period: 'until the next start' },
      recipients: [],
      export: { how: 'left out', because: 'It is what the person was sent.' },
      erasure: { how: 'deleted', with: 'the next start' },
    },
  },
  {
    file: 'secrets, signing key and configuration',
    purpose: 'Lets the parts of the service trust each other; names the operator as the imprint does.',
    rules: {
      basis: 'GDPR 6(1)(c): a duty of law',
      subjects: ['operator'],
      life: { start: 'installation', period: 'as long as the installation' },
      recipients: ['everyone, for the imprint'],
      export: { how: 'left out', because: 'Everyone reads the same in the imprint; the rest are secrets of the service.' },
      erasure: { how: 'stays', because: 'The imprint is a duty (DDG section 5) as long as the person has the office.' },
    },
  },
];
