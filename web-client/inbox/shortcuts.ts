/** What a single key does in the inbox. */
export type Shortcut = 'next' | 'previous' | 'take' | 'close' | 'assign' | 'note' | 'reply' | 'search' | 'help';

/** Keys in the order in which the help lists them. */
export const SHORTCUTS: readonly (readonly [key: string, shortcut: Shortcut])[] = [
  ['j', 'next'],
  ['k', 'previous'],
  ['c', 'take'],
  ['e', 'close'],
  ['a', 'assign'],
  ['n', 'note'],
  ['r', 'reply'],
  ['/', 'search'],
  ['?', 'help'],
];

/** A key press, as far as it matters. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat'>;

/** What a press does outside fields; keys with a modifier are the browser's and the screen reader's. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey, isComposing }: Press): Shortcut | undefined {
  if (ctrlKey || metaKey || altKey || isComposing) return undefined;
  return SHORTCUTS.find(([each]) => each === key.toLowerCase())?.[1];
}

/** Whether somebody writes or chooses there, so that a key is theirs. */
export const isField = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
