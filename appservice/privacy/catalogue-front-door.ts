import type { Rules, TableEntry } from './catalogue-entry.ts';

const doorRules: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: ['customer', 'agent', 'admin'],
  life: { start: "the company's ghost left the room", period: 'one day' },
  recipients: [],
  export: { how: 'left out', because: 'It repeats for a day where the person asked for the conversation, which is exported itself.' },
  erasure: { how: 'deleted', with: 'the conversations of the person' },
};

/** Rooms of people into which they invited a company, for as long as something may be carried over from there. */
export const frontDoorTables: readonly TableEntry[] = [
  {
    table: 'front_door',
    purpose: "Rooms of people into which they invited a company's ghost, until it has left them.",
    rules: doorRules,
    columns: {
      room_id: 'Matrix room of the person.',
      company_id: 'Which company was invited.',
      user_id: 'Matrix id of who invited.',
      person_id: 'Who invited; empty for members of the company, and for people of whom it takes no messages.',
      invite_event_id: 'The invitation, so that it is followed once.',
      conversation_id: 'Where the words go.',
      opened_at: 'When the invitation came; counts against floods.',
      leave_at: 'When the ghost leaves at the latest.',
      left_at: 'When it left.',
    },
  },
  {
    table: 'carried_event',
    purpose: 'Which event of such a room became which of the conversation, so that what is taken back there is taken back here.',
    rules: doorRules,
    columns: {
      event_id: 'Event of the person.',
      room_id: 'Room it was written in.',
      carried_event_id: 'Event of the conversation.',
      carried_at: 'When it was carried over.',
    },
  },
];
