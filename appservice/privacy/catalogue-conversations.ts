import { NOBODY, type Rules, type TableEntry } from './catalogue-entry.ts';

const personRules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['visitor', 'customer', 'agent', 'admin'],
  life: { start: 'end of the last conversation or membership of the person', period: 'at once' },
  recipients: [],
  export: { how: 'included', as: 'person' },
  erasure: { how: 'deleted', with: 'the person' },
};

const conversationRules: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['visitor', 'customer'],
  life: { start: 'last message of the conversation', period: "the company's retention within the operator's limits (R23)" },
  recipients: ['the company'],
  export: { how: 'included', as: 'conversations' },
  erasure: { how: 'deleted', with: 'the conversations of the person' },
};

const sessionRules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['visitor'],
  life: { start: 'last use', period: 'conversations.sessionDays of the config, 90 days by default' },
  recipients: [],
  export: { how: 'included', as: 'sessions' },
  erasure: { how: 'deleted', with: 'the sessions of the person' },
};

/** Persons and how they are known again. */
export const personTables: readonly TableEntry[] = [
  {
    table: 'person',
    purpose: 'The data subject: everything about a human refers to it.',
    rules: personRules,
    columns: {
      id: 'Refers to the person.',
      locale: 'Language in which the person is answered.',
      created_at: 'Since when the person is known.',
    },
  },
  {
    table: 'person_identity',
    purpose: 'Matrix ids of a person, so that what was written under an older one is found.',
    rules: {
      ...personRules,
      export: { how: 'included', as: 'identities' },
      erasure: { how: 'deleted', with: 'the identities of the person, after the homeserver was cleared' },
    },
    columns: {
      id: 'Refers to the identity.',
      person_id: 'Whose it is.',
      kind: 'Visitor, customer or agent.',
      user_id: 'Matrix id.',
      valid_from: 'Since when.',
      valid_to: 'Until when.',
    },
  },
  {
    table: 'panel_ticket',
    purpose: 'Proof that a panel page was loaded, used once to open a session.',
    rules: { ...NOBODY, life: { start: 'the page was loaded', period: 'minutes, or until it is used' } },
    columns: {
      hash: 'Recognises the ticket.',
      company_id: 'Company of the panel.',
      channel: 'Widget or form.',
      expires_at: 'When it ends by itself.',
    },
  },
  {
    table: 'visitor_session',
    purpose: 'Knows the browser of a visitor again.',
    rules: sessionRules,
    columns: {
      id: 'Refers to the session.',
      company_id: 'Company the visitor talks to.',
      channel: 'Widget or form.',
      token_hash: {
        purpose: 'Recognises the token of the browser; it cannot be made from it.',
        export: { how: 'left out', because: 'It opens the conversation; a copy in a file would be a risk for the person.' },
      },
      locale: 'Language of the panel.',
      person_id: 'Who the visitor is, from the first message on.',
      user_id: 'Matrix id under which the visitor writes.',
      device_id: 'Device under which this browser writes.',
      created_at: 'When it began.',
      last_used_at: 'From here its life counts.',
      identity_id: "As whom the company's website has proven the visitor.",
      identity_verified_at: 'When it did so last.',
      ended_at: 'When it was ended.',
    },
  },
];

/** Conversations: who, where, how far; the words are at the homeserver only. */
export const conversationTables: readonly TableEntry[] = [
  {
    table: 'continued_conversation',
    purpose: 'Brings a conversation that a visitor took along into an account there, whatever fails meanwhile.',
    rules: conversationRules,
    columns: {
      conversation_id: 'Which conversation.',
      ghost: 'Matrix id under which the person wrote before.',
      user_id: 'Matrix id of the account.',
      continued_at: 'When the person asked for it.',
      joined_at: 'When the account was there.',
      left_at: 'When the ghost had left.',
    },
  },
  {
    table: 'conversation',
    purpose: 'One Matrix room between a person and a company, and how far it is.',
    rules: conversationRules,
    columns: {
      id: 'Refers to the conversation.',
      company_id: 'With which company.',
      number: 'Short number that both can name.',
      person_id: 'With which person.',
      room_id: 'Matrix room that holds the words.',
      encrypted: 'Whether the words are encrypted end to end.',
      channel: 'How the person came.',
      status: 'Waiting, open or closed.',
      department: { purpose: 'Who of the company it is for.', subjects: ['visitor', 'customer', 'company'] },
      assignee: { purpose: 'Member who cares for it, by row id.', subjects: ['visitor', 'customer', 'agent'] },
      announcement_event_id: 'Announcement in the team room.',
      last_seq: 'Number of events for the person.',
      last_note: {
        purpose: 'Number of events that the team wrote about it.',
        export: { how: 'left out', because: 'It counts what the company wrote for itself.' },
      },
      read_by_person_seq: 'How far the person has read.',
      read_by_company_seq: 'How far the company has read.',
      opened_at: 'When it began.',
      last_event_at: 'From here its life counts.',
      closed_at: 'When it was closed.',
      retention_days: 'How long its messages live, where that is not as the company says.',
      rated_closing: 'Which closing was rated; neither how nor when.',
      hidden_at: 'When its deletion was asked for.',
      spoken_at: 'Last message of a human; from here silence counts.',
      spoken_by: 'Whether that was the person or the company.',
    },
  },
  {
    table: 'conversation_event',
    purpose: 'Index of events without their words: order, resuming, counts, erasure.',
    rules: { ...conversationRules, subjects: ['visitor', 'customer', 'agent', 'admin'] },
    columns: {
      conversation_id: 'Which conversation.',
      seq: 'Place in it.',
      room_id: 'Matrix room of the event.',
      event_id: 'Matrix event.',
      type: 'What kind of event.',
      sender: 'Matrix id of who sent it.',
      about_person: 'Person whom a note in the team room is about, so that it can be exported and erased.',
      mxc: 'Files the event carries, so that they go with it.',
      rel_type: 'Whether it is an edit or a reaction.',
      related_event_id: 'Event that it edits, reacts to or takes back.',
      at: 'When.',
    },
  },
  {
    table: 'conversation_agent',
    purpose: 'Members of the company who are or were in a conversation.',
    rules: { ...conversationRules, subjects: ['agent', 'admin'] },
    columns: {
      conversation_id: 'Which conversation.',
      user_id: 'Matrix id of the member.',
      joined_at: 'Since when.',
      left_at: 'Until when.',
    },
  },
  {
    table: 'prepared_room',
    purpose: 'Rooms made in advance with a ghost that nobody has used yet.',
    rules: { ...NOBODY, life: { start: 'made', period: 'until a conversation takes it' } },
    columns: {
      room_id: 'Matrix room.',
      company_id: 'Company it is for.',
      number: 'Number the conversation will have.',
      user_id: 'Ghost in it.',
      device_id: 'Device of the ghost.',
      created_at: 'When it was made.',
    },
  },
];
