/** English; also what people read whose language has no file. */
export const messages = {
  label: 'Your message to us',
  hint: 'The answer appears on this page, in the chat. You need no account and no address.',
  send: 'Send message',
  empty: 'Please write a message first.',
  sent: 'Your message has arrived.',
  sentHint: 'The answer comes to the chat on this page, also when you return later with this browser.',
  noStorage:
    'This browser does not allow storage, so the answer could not find you here. Your text is still here. Please write in the chat instead.',
  openChat: 'Open chat',
  another: 'Another message',
  unreachable: 'We cannot be reached right now. Your text is still here. Please try again in a moment.',
  busy: 'Very many messages are arriving right now. Your text is still here. Please try again in a minute.',
  refused: 'The message was not accepted. Your text is still here. Please reload the page and try again.',
};
