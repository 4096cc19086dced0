import { NOBODY, type Rules, type TableEntry } from './catalogue-entry.ts';

const CONTRACT = { start: 'end of the contract with the company', period: '3 years to the end of the year (limitation of claims)' };

const companyRules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['company'],
  life: CONTRACT,
  recipients: [],
  export: { how: 'left out', because: "It is the company's; the company's own export has it." },
  erasure: { how: 'stays', because: 'It is data of the company and goes with its contract.' },
};

const memberRules: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['agent', 'admin'],
  life: { start: 'end of the membership', period: 'life of the conversations in which the member wrote' },
  recipients: ['the company'],
  export: { how: 'included', as: 'memberships' },
  erasure: { how: 'deleted', with: 'the memberships of the person' },
};

/** Companies, their members, agreements and service accounts. */
export const companyTables: readonly TableEntry[] = [
  {
    table: 'company',
    purpose: 'Tenants of the service.',
    rules: companyRules,
    columns: {
      id: 'Refers to the company in all other tables.',
      slug: 'Names the company in addresses and Matrix ids.',
      bucket: 'Says which registration serves the company.',
      name: { purpose: 'What people see.', recipients: ['everyone who talks to the company'] },
      user_id: 'Matrix id of the ghost that speaks for the company.',
      device_id: 'Device under which the ghost sends.',
      space_room_id: 'Matrix room of its space.',
      team_room_id: 'Matrix room of its team.',
      logo_mxc: { purpose: 'Address of the logo at the homeserver.', recipients: ['everyone who talks to the company'] },
      settings: {
        purpose:
          'What the company set: language, colours, texts, hours, retention, routing, legal addresses, whether the directory names it; the privacy contact may name a person.',
        subjects: ['company', 'admin'],
        recipients: ['everyone who talks to the company', 'everyone who looks into the directory, where the company is listed'],
      },
      last_number: 'Highest short number of a conversation.',
      created_at: 'When the company was made.',
      suspended_at: 'Since when it is suspended.',
      closed_at: 'When it was closed.',
    },
  },
  {
    table: 'company_member',
    purpose: 'Who answers and who runs a company.',
    rules: memberRules,
    columns: {
      id: 'Names the member to visitors and in the audit log without saying who it is.',
      company_id: 'Company of the membership.',
      user_id: 'Matrix id that is let into the rooms.',
      role: 'What the member may do.',
      display_name: {
        purpose: 'Name that visitors read, chosen by the company.',
        recipients: ['the company', 'visitors and customers of the company'],
      },
      picture_mxc: {
        purpose: 'Picture that visitors see, chosen by the company.',
        recipients: ['the company', 'visitors and customers of the company'],
      },
      valid_from: 'Begin of the membership.',
      valid_to: 'End of the membership.',
    },
  },
  {
    table: 'processing_agreement_acceptance',
    purpose: 'Proof of the processing agreement with each company.',
    rules: {
      basis: 'GDPR 6(1)(c): a duty of law',
      subjects: ['admin'],
      life: CONTRACT,
      recipients: ['the company', 'the supervisory authority on request'],
      export: { how: 'included', as: 'acceptances of processing agreements' },
      erasure: { how: 'stays', because: 'GDPR articles 5(2) and 28(3) ask for the proof as long as claims can be made.' },
    },
    columns: {
      id: 'Refers to the acceptance in the audit log.',
      company_id: 'Company that accepted.',
      version: 'Which text was accepted.',
      accepted_by: 'Who accepted: name and function.',
      accepted_at: 'When.',
    },
  },
  {
    table: 'service_account',
    purpose: "Matrix users for a company's bots and integrations.",
    rules: companyRules,
    columns: {
      id: 'Refers to the account in the audit log.',
      company_id: 'Company that owns it.',
      name: 'Says what the account is for.',
      user_id: 'Its Matrix id.',
      device_id: 'Device of its access token.',
      issued_at: 'When it was issued.',
      revoked_at: 'When it was revoked.',
    },
  },
];

/** Who operates the platform, and the record of it. */
export const operatorTables: readonly TableEntry[] = [
  {
    table: 'operator_token',
    purpose: 'Access to the operator API.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['operator'],
      life: { start: 'revocation', period: '12 months, as the audit log names the id' },
      recipients: [],
      export: { how: 'included', as: 'operator access' },
      erasure: { how: 'stays', because: 'The audit log must stay readable; only the label may say who holds it.' },
    },
    columns: {
      id: 'Names the token in the audit log.',
      token_hash: 'Recognises the token; it cannot be made from it.',
      label: 'Whom or what the token is for.',
      created_at: 'When it was made.',
      revoked_at: 'When it was revoked.',
    },
  },
  {
    table: 'audit_log',
    purpose: 'Proof of what operators and members did; append-only.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['operator', 'agent', 'admin'],
      life: { start: 'the entry', period: '12 months' },
      recipients: ['the company, for its own entries'],
      export: { how: 'included', as: "audit entries under the person's ids" },
      erasure: {
        how: 'stays',
        because: 'It holds ids, codes and names of settings only; once the rows they refer to are gone it leads to nobody.',
      },
    },
    columns: {
      id: 'Order of the entries.',
      at: 'When.',
      actor: 'Who, as the id of a token or a role.',
      action: 'What was done.',
      company_id: 'Company it concerned.',
      detail: 'Ids, codes and names of changed settings.',
    },
  },
];

/** What the migrations of the database keep for themselves. */
export const migrationTables: readonly TableEntry[] = ['migration', 'migration_lock'].map((table) => ({
  table,
  purpose: 'Which changes of the schema were made, and that only one process makes them.',
  rules: { ...NOBODY, life: { start: 'the change', period: 'as long as the database' } },
  columns:
    table === 'migration'
      ? { id: 'Order.', name: 'Name of the change.', batch: 'Which run made it.', migration_time: 'When.' }
      : { index: 'The only row.', is_locked: 'Whether a process is at it.' },
}));
