import type { ShownMessage } from '../shown-messages.ts';

/** What the person chose to do with a message. */
export type MessageAction = {
  readonly kind: 'reply' | 'edit' | 'delete' | 'react' | 'emoji';
  readonly message: ShownMessage;
  /** The reaction, for `react`. */
  readonly key?: string;
  /** Where the menu stood. */
  readonly anchor: HTMLElement;
};
