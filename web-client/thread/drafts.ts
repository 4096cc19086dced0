import type { Writing } from './outgoing-content.ts';

/** What somebody has begun to write. */
export type Draft = { readonly words: string; readonly writing: Writing };

const NOTHING: Draft = { words: '', writing: { kind: 'new' } };
const drafts = new Map<string, Draft>();

/** What was begun in a room while this page is open; nothing is kept beyond it. */
export const draftOf = (roomId: string): Draft => drafts.get(roomId) ?? NOTHING;

/** Keeps what was begun in a room. */
export function keepDraft(roomId: string, draft: Draft): void {
  if (draft.words.trim() === '' && draft.writing.kind === 'new') drafts.delete(roomId);
  else drafts.set(roomId, draft);
}
