import { NOBODY, type Rules, type TableEntry } from './catalogue-entry.ts';

const identityRules: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['visitor'],
  life: {
    start: 'end of the last conversation of the person with the company',
    period: 'at once; without a message with the last session',
  },
  recipients: ['the company'],
  export: { how: 'included', as: 'identity' },
  erasure: { how: 'deleted', with: 'the identity of the person' },
};

const fieldRules: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['visitor', 'customer'],
  life: { start: 'end of the last conversation of the person with the company', period: 'at once, or when the person takes it back' },
  recipients: ['the company'],
  export: { how: 'included', as: 'contact fields' },
  erasure: { how: 'deleted', with: 'the fields of the person' },
};

/** Who visitors are: what companies prove, what people tell, what they said of a conversation, and what is being deleted. */
export const identityTables: readonly TableEntry[] = [
  {
    table: 'identity_key',
    purpose: 'Keys with which a company signs who its users are.',
    rules: {
      basis: 'GDPR 28: for the company, under the processing agreement',
      subjects: ['company'],
      life: { start: 'made', period: 'until it is revoked' },
      recipients: [],
      export: { how: 'left out', because: 'It is no data of a person.' },
      erasure: { how: 'stays', because: 'It is no data of a person.' },
    },
    columns: {
      id: 'Refers to the key.',
      company_id: 'Whose it is.',
      algorithm: 'How tokens are signed with it.',
      sealed_secret: 'The secret, encrypted.',
      public_key: 'The public key.',
      created_at: 'Since when.',
    },
  },
  {
    table: 'verified_identity',
    purpose: 'Knows a user of a company again whom its website has signed for, on any device.',
    rules: identityRules,
    columns: {
      id: 'Refers to the identity.',
      company_id: 'At which company.',
      subject_hash: {
        purpose: 'Recognises the user; a keyed hash, the subject cannot be made from it.',
        export: { how: 'left out', because: 'A hash under our key says nothing to the person; that there is an identity is included.' },
      },
      person_id: 'Who it is, from the first message on.',
      user_id: 'Matrix id under which the person writes to this company.',
      name: 'What the company calls the user.',
      created_at: 'Since when.',
      verified_at: 'When it was proven last.',
    },
  },
  {
    table: 'identity_token_use',
    purpose: 'Keeps a signed token from being used twice.',
    rules: { ...NOBODY, life: { start: 'the use', period: 'until the token expires, ten minutes at most' } },
    columns: { hash: 'Keyed hash of the id of the token.', expires_at: 'When the token ends by itself.' },
  },
  {
    table: 'session_code',
    purpose: 'Lets a person go on in another window or on another device, once.',
    rules: {
      basis: 'GDPR 6(1)(b): the service that the person asked for',
      subjects: ['visitor'],
      life: { start: 'asked for', period: 'seconds or minutes, or until it is used' },
      recipients: [],
      export: { how: 'left out', because: 'It opens the conversation for minutes; a copy in a file would be a risk for the person.' },
      erasure: { how: 'deleted', with: 'the session that asked for it' },
    },
    columns: {
      hash: 'Recognises the code.',
      session_id: 'Session that asked for it.',
      purpose: 'Window or device.',
      expires_at: 'When it ends.',
    },
  },
  {
    table: 'contact_field',
    purpose: 'What people tell a company about themselves, because it asked with a purpose.',
    rules: fieldRules,
    columns: {
      person_id: 'Who gave it.',
      company_id: 'To whom.',
      key: 'Which field.',
      value: 'What was given.',
      purpose: 'For what it was given, as the person read it.',
      given_at: 'When.',
    },
  },
  {
    table: 'contact_field_answer',
    purpose: 'Where the team was told what a person gave, so that it goes when the person changes or takes it back.',
    rules: {
      ...fieldRules,
      export: { how: 'left out', because: 'It says in which message the team read the fields; the fields are in the export.' },
      erasure: { how: 'deleted', with: 'the conversation' },
    },
    columns: { event_id: 'The answer.', room_id: 'In which room.', conversation_id: 'About whose conversation.' },
  },
  {
    table: 'satisfaction_count',
    purpose: 'How content people were with conversations, as numbers.',
    rules: { ...NOBODY, life: { start: 'the week', period: 'as long as the company' } },
    columns: { company_id: 'With which company.', week: 'In which week.', score: '1 to 5.', count: 'How many answered so.' },
  },
  {
    table: 'visitor_block',
    purpose: 'People from whom a company takes no messages any more.',
    rules: { ...fieldRules, export: { how: 'included', as: 'blocks' }, erasure: { how: 'deleted', with: 'the person at the company' } },
    columns: { company_id: 'Which company.', person_id: 'Whom.', blocked_at: 'Since when.', told_at: 'When the person was told.' },
  },
  {
    table: 'erasure',
    purpose: 'Carries a deletion to its end, whatever fails meanwhile; a finished one proves that and when it was done.',
    rules: {
      basis: 'GDPR 6(1)(c): a duty of law',
      subjects: ['visitor', 'customer'],
      life: { start: 'the request', period: 'ids until it is done, minutes; then only that and when' },
      recipients: [],
      export: { how: 'left out', because: 'Its ids stand in the export from their own tables until they are gone.' },
      erasure: { how: 'emptied', with: 'its own end' },
    },
    columns: {
      id: 'Refers to the erasure.',
      company_id: 'At which company.',
      person_id: 'Whose, until it is done.',
      conversation_ids: 'What goes, until it is done.',
      ghosts: 'Matrix ids that go, until it is done.',
      with_person: 'Whether the person goes too.',
      step: 'What is done next.',
      requested_at: 'When it was asked for.',
      finished_at: 'When it was done.',
    },
  },
];
