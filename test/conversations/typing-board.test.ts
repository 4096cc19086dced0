import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTypingBoard } from '../../appservice/conversations/typing-board.ts';
import type { ConversationId, UserId } from '../../appservice/ids.ts';

const conversation = 'c' as ConversationId;
const agent = '@agent:example.org' as UserId;

test('who writes is listed until they stop', () => {
  const board = createTypingBoard();
  assert.equal(board.list(conversation), []);
  board.set(conversation, [agent]);
  assert.equal(board.list(conversation), [agent]);
  board.set(conversation, []);
  assert.equal(board.list(conversation), []);
});

test('somebody whose stopping was missed is forgotten after two minutes', () => {
  let time = 0;
  const board = createTypingBoard(() => time);
  board.set(conversation, [agent]);
  time = 119_999;
  assert.equal(board.list(conversation), [agent]);
  time = 120_000;
  assert.equal(board.list(conversation), []);
});

test.run();
