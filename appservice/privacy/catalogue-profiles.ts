import type { Rules, TableEntry } from './catalogue-entry.ts';

const rules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: {
    start: 'upload',
    period: 'until the person takes it away, shows another one or deletes the account; an upload that broke off a day',
  },
  recipients: ['companies the person writes to'],
  export: { how: 'included', as: 'picture' },
  erasure: { how: 'deleted', with: 'the account, the file at the homeserver first' },
};

const activityRules: Rules = {
  ...rules,
  life: { start: 'made', period: 'as the account' },
  recipients: [],
  export: { how: 'included', as: 'account' },
  erasure: { how: 'deleted', with: 'the account' },
};

/** Pictures of people, and how long their accounts were not used. */
export const profileTables: readonly TableEntry[] = [
  {
    table: 'account_picture',
    purpose: 'Companies see whom they talk to, when the person wants it.',
    rules,
    columns: {
      mxc: 'Where the file is at the homeserver.',
      account_id: 'Whose it is.',
      type: 'What kind of picture it is.',
      created_at: 'When it was uploaded.',
      shown_at: 'Since when people see it.',
    },
  },
  {
    table: 'account_activity',
    purpose: 'Accounts that nobody uses are closed and deleted; their owners are told before.',
    rules: activityRules,
    columns: {
      account_id: 'Which account.',
      last_active_at: 'Last use, to the day.',
      looked_at: {
        purpose: 'When the homeserver was last asked for the use of Matrix clients.',
        export: { how: 'left out', because: 'It says what the service did, nothing about the person.' },
      },
      warned_at: 'When the owner was told that the account goes.',
      reminded_at: 'When the owner was told so a second time.',
      closed_at: 'When it was closed because nobody used it.',
      erasure_asked_at: 'When its erasure was asked for.',
    },
  },
];
