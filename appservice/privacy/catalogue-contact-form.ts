import type { TableEntry } from './catalogue-entry.ts';

/** Contact forms that were sent, links back to what followed from them, and where people want to be told of it. */
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
  {
    table: 'contact_notice',
    purpose: 'A number or mail address, to tell a person who is away that there is an answer; it is used for nothing else.',
    rules: {
      basis: 'GDPR 6(1)(b): the service that the person asked for',
      subjects: ['visitor'],
      life: {
        start: 'given',
        period: 'one day where it is not proven; else until the person ends it, or 30 days after the conversation was closed',
      },
      recipients: ['whoever carries SMS and mail for the operator'],
      export: { how: 'included', as: 'conversations' },
      erasure: { how: 'deleted', with: 'the conversations of the person' },
    },
    columns: {
      conversation_id: 'Whose answers are told.',
      person_id: 'Whose address it is.',
      user_id: 'Matrix id under which the person writes there.',
      way: 'SMS or mail.',
      address: 'Number or mail address.',
      locale: 'Language of the texts.',
      asked_at: 'When it was given.',
      code_hash: 'Recognises the code that was sent; it cannot be made from it without our key.',
      code_expires_at: 'Until when the code is good.',
      code_tries: 'How often a code was tried.',
      proven_at: 'When the person entered the code.',
      told_seq: 'Which answer was told last.',
    },
  },
  {
    table: 'contact_code',
    purpose: 'How many codes were asked for, so that nobody is pestered with them.',
    rules: {
      basis: 'GDPR 6(1)(f): running the service safely',
      subjects: ['visitor'],
      life: { start: 'asked for', period: 'one day' },
      recipients: [],
      export: { how: 'left out', because: 'It is a keyed hash and a time, for a day; the address itself is exported.' },
      erasure: { how: 'stays', because: 'A keyed hash alone, gone after a day; without it the limit would end with the conversation.' },
    },
    columns: {
      address_hash: 'Recognises the address; keyed.',
      conversation_id: 'Where it was asked for; empty once the conversation is gone.',
      asked_at: 'When.',
    },
  },
];
