import { setImmediate as turn } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EventId, RoomId, UserId } from '../../appservice/ids.ts';
import { decodeEvent, type MatrixEvent } from '../../appservice/matrix/matrix-event.ts';
import { createOwnSends, type OwnSends } from '../../appservice/matrix/own-sends.ts';

const sends = suite('what this process is sending');

const ROOM = '!room:example.org' as RoomId;
const GHOST = '@ghost:example.org' as UserId;

function eventOf(id: string, sender: string = GHOST): MatrixEvent {
  const event = decodeEvent({ event_id: id, room_id: ROOM, sender, type: 'm.room.message', content: {}, origin_server_ts: 1 });
  if (event === undefined) throw new Error('the event cannot be read');
  return event;
}

/** A send that goes on as the test says. */
function beginSend(ownSends: OwnSends) {
  const answered = Promise.withResolvers<EventId>();
  const kept = Promise.withResolvers<void>();
  const done = ownSends.during({ roomId: ROOM, sender: GHOST }, async (sent) => {
    sent(await answered.promise);
    await kept.promise;
  });
  return { answer: (id: string) => answered.resolve(id as EventId), keep: kept.resolve, fail: kept.reject, done };
}

/** What is left of the events; `isSettled` says whether it is known yet. */
function drop(ownSends: OwnSends, ...events: MatrixEvent[]) {
  const state: { left?: string[] } = {};
  const done = ownSends.dropPlaced(events).then((left) => (state.left = left.map(({ eventId }) => eventId)));
  return { state, done };
}

sends('an event that comes before its row is waited for, and dropped', async () => {
  const ownSends = createOwnSends();
  const send = beginSend(ownSends);
  const { state, done } = drop(ownSends, eventOf('$one'), eventOf('$agent', '@agent:example.org'));
  send.answer('$one');
  await turn();
  assert.is(state.left, undefined, 'its row is on the way');
  send.keep();
  assert.equal(await done, ['$agent']);
  assert.equal(await drop(ownSends, eventOf('$one')).done, [], 'once more: known without a wait');
});

sends('another event of the same ghost does not wait for the row of one that is not it', async () => {
  const ownSends = createOwnSends();
  const send = beginSend(ownSends);
  send.answer('$two');
  await turn();
  assert.equal(await drop(ownSends, eventOf('$one')).done, ['$one']);
  send.keep();
  await send.done;
});

sends('an event whose row could not be kept is left for the index to tell', async () => {
  const ownSends = createOwnSends();
  const send = beginSend(ownSends);
  const { done } = drop(ownSends, eventOf('$one'));
  send.answer('$one');
  send.fail(new Error('no database'));
  assert.equal(await done, ['$one']);
  assert.is(await send.done.catch((error: Error) => error.message), 'no database');
});

sends('a send that hangs holds nothing up for long', async () => {
  const ownSends = createOwnSends();
  const send = beginSend(ownSends);
  assert.equal(await drop(ownSends, eventOf('$one')).done, ['$one']);
  send.answer('$one');
  send.keep();
  await send.done;
});

sends('only so many events are remembered', async () => {
  const ownSends = createOwnSends();
  for (let each = 0; each < 2_001; each += 1) {
    await ownSends.during({ roomId: ROOM, sender: GHOST }, async (sent) => sent(`$${each}` as EventId));
  }
  assert.equal(await drop(ownSends, eventOf('$0'), eventOf('$1'), eventOf('$2000')).done, ['$0']);
});

sends.run();
