import type { MessageRow } from './message-list/rows.ts';

/** What the message list and the message field ask of the extras, as the `detail` of the event `smoope-extra`. */
export type ExtraRequest =
  /** Something is there that only they draw. */
  | { readonly kind: 'draw' }
  /** Files are to be chosen. */
  | { readonly kind: 'attach' }
  /** Files were dropped or pasted. */
  | { readonly kind: 'files'; readonly files: readonly File[] }
  /** A voice message is to be recorded. */
  | { readonly kind: 'voice' }
  /** An emoji is to be chosen. */
  | { readonly kind: 'emoji'; readonly anchor: HTMLElement }
  /** The last own message is to be changed. */
  | { readonly kind: 'edit' }
  /** The menu of a message is wanted. */
  | { readonly kind: 'menu'; readonly anchor: HTMLElement; readonly row: MessageRow };

/** Asks the extras; they load when they are asked for the first time. */
export function askExtras(element: Element, detail: ExtraRequest): void {
  element.dispatchEvent(new CustomEvent('smoope-extra', { detail, bubbles: true, composed: true }));
}
