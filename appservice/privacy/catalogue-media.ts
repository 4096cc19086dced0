import { NOBODY, type TableEntry } from './catalogue-entry.ts';

/** Files of conversations: where they are at the homeserver; names and content are there only. */
export const mediaTables: readonly TableEntry[] = [
  {
    table: 'media_upload',
    purpose: 'Files that a visitor uploaded, so that they are sent by nobody else, counted, and deleted with the conversation.',
    rules: {
      basis: 'GDPR 28: for the company, under the processing agreement',
      subjects: ['visitor', 'customer'],
      life: { start: 'the upload', period: 'a day where it was never sent, else as the conversation' },
      recipients: ['the company'],
      export: { how: 'included', as: 'files' },
      erasure: { how: 'deleted', with: 'the files of the person, after the homeserver was cleared' },
    },
    columns: {
      mxc: 'Address of the file at the homeserver.',
      person_id: 'Whose file it is.',
      conversation_id: 'Conversation it was uploaded for.',
      type: 'Media type found from its content.',
      size: 'Octets.',
      created_at: 'When; from here the day counts.',
    },
  },
  {
    table: 'media_verdict',
    purpose: 'What the virus scanner said about a file, so that it is looked at once.',
    rules: { ...NOBODY, life: { start: 'the scan', period: 'until the file is deleted' } },
    columns: { mxc: 'Address of the file at the homeserver.', verdict: 'Clean, infected or too large to look at.', created_at: 'When.' },
  },
];
