import { NOBODY, type MatrixStoreEntry, type Rules, type TableEntry } from './catalogue-entry.ts';

const companyRules: Rules = {
  ...NOBODY,
  life: { start: 'made', period: 'as long as the company' },
};

const memberRules: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['agent', 'admin'],
  life: { start: 'end of the membership', period: 'at once with the row of the member' },
  recipients: ['the company'],
  export: { how: 'included', as: 'memberships' },
  erasure: { how: 'deleted', with: 'the membership' },
};

const inboxRules: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['visitor', 'customer'],
  life: { start: 'last message of the conversation', period: "the company's retention within the operator's limits (R23)" },
  recipients: ['the company'],
  export: { how: 'included', as: 'conversations' },
  erasure: { how: 'deleted', with: 'the conversations of the person' },
};

/** What a company's people do in Matrix. */
export const teamTables: readonly TableEntry[] = [
  {
    table: 'department',
    purpose: 'Parts of a company with members of their own.',
    rules: companyRules,
    columns: {
      id: 'Refers to the department.',
      company_id: 'Of which company.',
      key: 'What agents type.',
      name: 'What people read.',
      space_room_id: 'Its Matrix space.',
      inbox_room_id: 'Matrix room in which its conversations are announced.',
      created_at: 'Since when.',
      archived_at: 'Since when it is not used any more.',
      retention_days: 'How long messages of its conversations live, where that is not as the company says.',
    },
  },
  {
    table: 'department_member',
    purpose: 'Members of a company who are in a department.',
    rules: memberRules,
    columns: { department_id: 'Which department.', member_id: 'Which member.', added_at: 'Since when.' },
  },
  {
    table: 'member_availability',
    purpose: 'Who takes conversations now, and whose turn is next.',
    rules: memberRules,
    columns: {
      member_id: 'Which member.',
      away: 'Whether they said that they are away.',
      changed_at: 'When they said so.',
      last_assigned_at: 'When a conversation was last given to them, so that all get as many; no history is kept.',
    },
  },
  {
    table: 'conversation_inbox',
    purpose: 'How a conversation stands in the team room, and what was done of itself.',
    rules: inboxRules,
    columns: {
      conversation_id: 'Which conversation.',
      revision: 'Number of changes that the announcement shows.',
      shown_revision: 'How many of them it has shown.',
      waiting_since: 'Since when it waits for an answer.',
      claim_event_id: 'Reaction of a member who took it.',
      absence_until: 'Of which absence the person was told.',
      warned_at: 'When the person was told that it will be closed.',
      agents_left_at: 'When its agents were taken out.',
    },
  },
  {
    table: 'conversation_label',
    purpose: 'Short marks by which a company sorts conversations.',
    rules: inboxRules,
    columns: { conversation_id: 'Which conversation.', label: 'The mark, at most 40 letters.', added_at: 'When it was given.' },
  },
];

/** Tables that a library of ours makes for itself in our database. */
export const jobStores: readonly MatrixStoreEntry[] = [
  {
    store: 'jobs',
    purpose: 'Work that is done at set times, each run with its name and outcome; ids, never words.',
    rules: { ...NOBODY, life: { start: 'the run', period: 'a day' } },
    tables: [
      'bam',
      'instance',
      'job',
      'job_common',
      'job_dependency',
      'queue',
      'queue_stats',
      'schedule',
      'subscription',
      'version',
      'warning',
    ].map((table) => `pgboss.${table}`),
  },
];
