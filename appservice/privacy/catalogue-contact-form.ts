import type { TableEntry } from './catalogue-entry.ts';

/** Contact forms that were sent, and links back to what followed from them. */
export const contactFormTables: readonly TableEntry[] = [
  {
    table: 'contact_submission',
    purpose: 'Forms that were sent: one that is sent twice has its effect once, and floods are noticed.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['visitor'],
      life: { start: 'sent', period: 'one day' },
      recipients: [],
      export: { how: 'left out', because: 'It says for a day that a form was sent; what was sent is exported itself.' },
      erasure: { how: 'deleted', with: 'the sessions of the person' },
    },
    columns: {
      token_hash: 'Recognises the page that was sent.',
      company_id: 'Company of the form.',
      session_id: 'Session in which it was sent.',
      created_at: 'When.',
    },
  },
  {
    table: 'contact_link',
    purpose: 'Links by which a person comes back to a conversation, once each.',
    rules: {
      basis: 'GDPR 6(1)(b): the service that the person asked for',
      subjects: ['visitor'],
      life: { start: 'made', period: 'seven days, or until it is used' },
      recipients: [],
      export: { how: 'left out', because: 'It opens the conversation; a copy in a file would be a risk for the person.' },
      erasure: { how: 'deleted', with: 'the conversations of the person' },
    },
    columns: {
      code_hash: 'Recognises the code of the link; it cannot be made from it.',
      conversation_id: 'Where it leads.',
      person_id: 'Whose it is.',
      user_id: 'Matrix id under which the person writes there.',
      expires_at: 'When it ends by itself.',
    },
  },
];
