import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createConversationStreams, parseCursor } from '../../appservice/conversations/conversation-stream.ts';
import type { Conversation } from '../../appservice/conversations/conversation.ts';
import type { ConversationReader } from '../../appservice/conversations/conversation-reader.ts';
import type { ConversationService } from '../../appservice/conversations/conversation-service.ts';
import { createStreamHub, type StreamMessage } from '../../appservice/conversations/stream-hub.ts';
import type { AuthTypes } from '../../appservice/http/auth.ts';
import type { HttpContext } from '../../appservice/http/context.ts';
import type { StreamEvent } from '../../appservice/http/event-stream.ts';
import type { DeviceId, SessionId, UserId } from '../../appservice/ids.ts';
import { createLogger } from '../../appservice/logger.ts';
import { aSummary, anEvent } from '../widget/conversation-fixture.ts';
import { someConversation } from './conversation-fixture.ts';

const { id, personId, companyId } = someConversation();
const visitor = { personId, userId: '@v:example.org' as UserId, deviceId: 'D' as DeviceId };
const session: AuthTypes['visitor'] = { id: 's' as SessionId, companyId, channel: 'widget', locale: 'de', visitor };

const someEvent = (seq: number) => anEvent(seq, { conversationId: id });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Streams over rows that a test fills; `indexed` are the places that are for the person. */
function createWorld({ indexed = [], batch = 100, failing = false }: { indexed?: number[]; batch?: number; failing?: boolean } = {}) {
  const world = { indexed, lastSeq: Math.max(0, ...indexed), reads: 0, typing: undefined as StreamMessage | undefined };
  const conversation = (): Conversation => someConversation({ lastSeq: world.lastSeq });
  const hub = createStreamHub();
  const reader = {
    summarize: async () => aSummary({ id }),
    async listMissed(_conversation: Conversation, _as: unknown, after: number) {
      world.reads += 1;
      await settled();
      if (failing) throw new Error('the homeserver is away');
      const missed = world.indexed.filter((seq) => seq > after);
      const part = missed.slice(0, batch);
      return { events: part.map((seq) => someEvent(seq)), next: part.length < missed.length ? part.at(-1) : undefined };
    },
  } as unknown as ConversationReader;
  const conversations = {
    listOwn: async () => [conversation()],
    getOwn: async () => ({ conversation: conversation(), visitor }),
  } as unknown as ConversationService;
  const opened: { sent: StreamEvent[]; isOpen: boolean; leave: () => void }[] = [];
  const streams = {
    open(_context: HttpContext, onClose: () => void) {
      const stream = {
        sent: [] as StreamEvent[],
        isOpen: true,
        leave() {
          if (!stream.isOpen) return;
          stream.isOpen = false;
          onClose();
        },
      };
      opened.push(stream);
      return {
        send: (event: StreamEvent) => void (stream.isOpen && stream.sent.push(event)),
        drained: async () => undefined,
        close: stream.leave,
      };
    },
    count: () => opened.length,
    close: () => undefined,
  };
  const describeTyping = async () => world.typing;
  const log = createLogger({ level: 'silent' });
  const conversationStreams = createConversationStreams({ streams, hub, conversations, reader, describeTyping, log });
  return {
    world,
    hub,
    open(cursor = '', as = session) {
      conversationStreams.open(as, { get: () => cursor } as unknown as HttpContext);
      const stream = opened.at(-1);
      if (stream === undefined) throw new Error('no stream was opened');
      return {
        ...stream,
        stream,
        seqs: () => stream.sent.flatMap(({ event, data }) => (event === 'event' ? [(data as { seq: number }).seq] : [])),
      };
    },
    closeSession: conversationStreams.closeSession,
    /** A live event, as the publisher hands it over. */
    publish(seq: number): void {
      world.lastSeq = Math.max(world.lastSeq, seq);
      hub.publish(personId, companyId, { event: 'event', data: someEvent(seq), id: `${id}:${seq}` });
    },
  };
}

test('a cursor names places of conversations; what is malformed is left out', () => {
  assert.equal(
    [...parseCursor(`${id}:5, ${id.replace('c', 'd')}:0`)],
    [
      [id, 5],
      [id.replace('c', 'd'), 0],
    ],
  );
  for (const header of [
    '',
    'x',
    id,
    `${id}:`,
    `${id}:-1`,
    `${id}:1.5`,
    `${id}:1e3`,
    `${id}:9999999999`,
    `${id}:5x`,
    '__proto__:1',
    `:${id}:1`,
  ]) {
    assert.is(parseCursor(header).size, 0, header);
  }
  assert.is(parseCursor(Array.from({ length: 80 }, (_, index) => `${id.slice(0, -2)}${10 + index}:1`).join(',')).size, 50);
});

test('what was missed comes first, in order, then the conversation and the word that all was sent', async () => {
  const { open } = createWorld({ indexed: [1, 2, 3, 4] });
  const { sent } = open(`${id}:2`);
  await settled().then(settled);
  assert.equal(
    sent.map(({ event, id: place }) => [event, place]),
    [
      ['event', `${id}:3`],
      ['event', `${id}:4`],
      ['conversation', undefined],
      ['ready', undefined],
    ],
  );
});

test('more than one batch is read until all of it was sent', async () => {
  const { open, world } = createWorld({ indexed: [1, 2, 3, 4, 5, 6, 7], batch: 3 });
  const { seqs } = open(`${id}:0`);
  for (let i = 0; i < 8; i += 1) await settled();
  assert.equal(seqs(), [1, 2, 3, 4, 5, 6, 7]);
  assert.is(world.reads, 3);
});

test('a reader without a cursor is not sent the history, and one that has all reads nothing', async () => {
  const { open, world } = createWorld({ indexed: [1, 2, 3] });
  const [fresh, complete] = [open(), open(`${id}:3`)];
  await settled().then(settled);
  assert.equal([fresh.seqs(), complete.seqs()], [[], []]);
  assert.is(world.reads, 0);
});

test('who writes at the moment is told to a stream that opens', async () => {
  const { open, world } = createWorld();
  world.typing = { event: 'typing', data: { conversationId: id, senders: [] } };
  const { sent } = open();
  await settled();
  assert.equal(
    sent.map(({ event }) => event),
    ['conversation', 'typing', 'ready'],
  );
});

test('what is published while a stream resumes waits, and is not sent twice', async () => {
  const { open, publish, world } = createWorld({ indexed: [1, 2, 3] });
  const { seqs, sent } = open(`${id}:1`);
  world.indexed.push(4);
  publish(4);
  publish(3);
  for (let i = 0; i < 6; i += 1) await settled();
  assert.equal(seqs(), [2, 3, 4]);
  assert.is(sent.filter(({ event }) => event === 'ready').length, 1);
});

test('an event that is heard of before an earlier one does not swallow it', async () => {
  const { open, publish, world } = createWorld({ indexed: [1] });
  const { seqs } = open(`${id}:1`);
  await settled();
  world.indexed.push(2, 3);
  publish(3);
  publish(2);
  for (let i = 0; i < 4; i += 1) await settled();
  assert.equal(seqs(), [2, 3]);
});

test('a reader without a cursor sees all that came since, whichever is heard of first, and a conversation that began from its first event', async () => {
  for (const indexed of [[1], []]) {
    const { open, publish, world } = createWorld({ indexed });
    const { seqs } = open();
    await settled();
    const next = indexed.length + 1;
    world.indexed.push(next, next + 1);
    publish(next + 1);
    publish(next);
    for (let i = 0; i < 4; i += 1) await settled();
    assert.equal(seqs(), [next, next + 1]);
  }
});

test('a stream that is closed while it opens leaves nobody subscribed', async () => {
  const { open, hub } = createWorld();
  open().stream.leave();
  await settled();
  assert.is(hub.hasSubscribers(personId, companyId), false);
});

test('a place that the person does not see (a note of the team) holds up nothing', async () => {
  const { open, publish, world } = createWorld({ indexed: [1] });
  const { seqs } = open(`${id}:1`);
  await settled();
  world.indexed.push(5);
  publish(5);
  await settled().then(settled);
  assert.equal(seqs(), [5]);
});

test('a stream whose gap cannot be read ends, so that the reader comes back', async () => {
  const { open, hub } = createWorld({ indexed: [1, 2], failing: true });
  const { stream } = open(`${id}:1`);
  await settled().then(settled).then(settled);
  assert.is(stream.isOpen, false);
  assert.is(hub.hasSubscribers(personId, companyId), false);
});

test('the end of a session ends its streams, also one that was opened before the first message', async () => {
  const { open, closeSession, hub } = createWorld();
  const [bound, early, other] = [open(), open('', { ...session, visitor: null }), open('', { ...session, id: 'other' as SessionId })];
  await settled();
  assert.equal(
    early.sent.map(({ event }) => event),
    ['ready'],
  );
  closeSession(session.id);
  assert.equal([bound.stream.isOpen, early.stream.isOpen, other.stream.isOpen], [false, false, true]);
  other.leave();
  assert.is(hub.hasSubscribers(personId, companyId), false);
  closeSession('unknown');
  closeSession(undefined);
});

test.run();
