/** A message of a stream as it stands on the wire. */
export type SseMessage = {
  /** Name of the message; `message` where the server gave none. */
  readonly event: string;
  /** Its data, lines joined. */
  readonly data: string;
};

/**
 * Takes a stream apart (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 * Chunks may end anywhere; a message without its closing empty line is not passed on.
 */
export function createSseParser(onMessage: (message: SseMessage) => void): (chunk: string) => void {
  let rest = '';
  let event = '';
  let data: string[] = [];

  function takeLine(line: string): void {
    if (line === '') {
      if (data.length > 0) onMessage({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  }

  return (chunk) => {
    const text = rest + chunk;
    // A carriage return at the end may be half of a line end whose second half comes with the next chunk.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(takeLine);
  };
}
