import type { MessageRow } from './rows.ts';

/** Draws what a message has beyond words. */
export type RowExtras = {
  /** What a message answers. */
  readonly quote: (row: MessageRow) => unknown;
  /** Reactions under a message. */
  readonly reactions: (row: MessageRow) => unknown;
  /** The file of a message. */
  readonly media: (row: MessageRow) => unknown;
};
