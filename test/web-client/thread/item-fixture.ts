import type { MessageItem } from '../../../web-client/thread/message-item.ts';

let count = 0;

/** A message of somebody else that is there, with what a test changes. */
export function anItem(changes: Partial<MessageItem> = {}): MessageItem {
  count += 1;
  const words = changes.words ?? `Nachricht ${count}`;
  return {
    key: `$event${count}`,
    eventId: `$event${count}`,
    senderId: '@lena:example.org',
    isOwn: false,
    manner: 'said',
    file: undefined,
    nodes: [words],
    words,
    isGone: false,
    isEdited: false,
    isThere: true,
    replyTo: undefined,
    reactions: [],
    at: 1_700_000_000_000 + count * 60_000,
    delivery: changes.isOwn === true ? 'sent' : undefined,
    refusal: undefined,
    failed: undefined,
    ...changes,
  };
}
