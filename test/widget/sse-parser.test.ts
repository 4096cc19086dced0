import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createSseParser, type SseMessage } from '../../widget/transport/sse-parser.ts';

function parse(...chunks: readonly string[]): SseMessage[] {
  const messages: SseMessage[] = [];
  const take = createSseParser((message) => messages.push(message));
  chunks.forEach((chunk) => take(chunk));
  return messages;
}

test('a message has the name and the data of its fields', () => {
  assert.equal(parse('id: 1\nevent: typing\ndata: {"a":1}\n\n'), [{ event: 'typing', data: '{"a":1}' }]);
});

test('a message without a name is called message', () => {
  assert.equal(parse('data: x\n\n'), [{ event: 'message', data: 'x' }]);
});

test('several data lines are joined', () => {
  assert.equal(parse('data: one\ndata:two\n\n'), [{ event: 'message', data: 'one\ntwo' }]);
});

test('comments and fields without meaning are left out', () => {
  assert.equal(parse(':\n\n: keep alive\n\nretry: 5\nnonsense\ndata: x\n\n'), [{ event: 'message', data: 'x' }]);
});

test('only one space after the colon belongs to the field', () => {
  assert.equal(parse('data:  x\n\n')[0]?.data, ' x');
});

test('a message may be cut at any character', () => {
  const text = 'event: event\r\ndata: {"text":"über"}\r\n\r\nevent: ready\ndata: {}\n\n';
  const whole = parse(text);
  assert.is(whole.length, 2);
  for (let at = 1; at < text.length; at += 1) assert.equal(parse(text.slice(0, at), text.slice(at)), whole, `cut at ${at}`);
});

test('a message without its closing line is not passed on', () => {
  assert.equal(parse('data: half'), []);
  assert.equal(parse('data: half\n'), []);
});

test('the name of a message does not carry over to the next one', () => {
  assert.equal(
    parse('event: ready\ndata: 1\n\ndata: 2\n\n').map(({ event }) => event),
    ['ready', 'message'],
  );
});

test.run();
