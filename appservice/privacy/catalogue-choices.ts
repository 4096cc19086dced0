import { NOBODY, type TableEntry } from './catalogue-entry.ts';

/** What visitors decide. */
export const choiceTables: readonly TableEntry[] = [
  {
    table: 'satisfaction_count',
    purpose: 'How often which score was given to a company in a week; nothing leads back to whoever gave it (R4).',
    rules: { ...NOBODY, life: { start: 'the week', period: 'as long as the company' } },
    columns: { company_id: 'Whom it concerns.', week: 'Its Monday.', score: '1 to 5.', count: 'How often.' },
  },
  {
    table: 'session_code',
    purpose: 'Lets a session go on in another window or on another device, once.',
    rules: { ...NOBODY, life: { start: 'made', period: 'until it is used, ten minutes at most' } },
    columns: {
      code_hash: 'Recognises the code; it cannot be made from it.',
      session_id: 'Session that goes on.',
      purpose: 'Window, picture or link.',
      expires_at: 'When it is worth nothing any more.',
    },
  },
];
