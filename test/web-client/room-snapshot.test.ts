import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinTimelines, KEPT_EVENTS, type RawEvent } from '../../web-client/matrix/room-snapshot.ts';
import { growRange } from '../../web-client/matrix/room-range.ts';
import { waitAfter } from '../../web-client/matrix/connection.ts';

const snapshot = suite('what a browser keeps of rooms');
const events = (...ids: (string | number)[]): RawEvent[] => ids.map((id) => ({ event_id: `$${id}` }));

snapshot('older events of another tab are taken along where they go on without a gap', () => {
  assert.equal(joinTimelines(events('a', 'b', 'c'), events('c', 'd')), events('a', 'b', 'c', 'd'));
});

snapshot('what does not touch is left out, so that no gap is kept', () => {
  assert.equal(joinTimelines(events('a', 'b'), events('d', 'e')), events('d', 'e'));
  assert.equal(joinTimelines(events('b', 'c'), events('a', 'b', 'c', 'd')), events('a', 'b', 'c', 'd'));
});

snapshot('a room without events keeps those that are known', () => {
  assert.equal(joinTimelines(events('a'), []), events('a'));
});

snapshot('only the last events are kept', () => {
  const kept = joinTimelines(events(...Array.from({ length: 50 }, (_, index) => index)), events(49, 50, 51));
  assert.is(kept.length, KEPT_EVENTS);
  assert.equal(kept.at(-1), { event_id: '$51' });
  assert.equal(kept[0], { event_id: '$2' });
});

snapshot('the list asks for more until every room of an agent with 500 is there, each time from the first', () => {
  const range = growRange();
  const asked = [];
  for (let next = range.take(500); next !== undefined; next = range.take(500)) {
    assert.not(range.isWhole());
    asked.push(next);
  }
  assert.equal(asked, [
    [0, 199],
    [0, 349],
    [0, 499],
  ]);
  assert.ok(range.isWhole());
});

snapshot('the list of a customer with a few conversations is whole at the first answer, and grows with them', () => {
  const range = growRange();
  assert.is(range.take(3), undefined);
  assert.ok(range.isWhole());
  assert.equal(range.take(51), [0, 199]);
  assert.not(range.isWhole());
});

snapshot('each try waits twice as long as the one before, at most a minute and a quarter, and never the same for all', () => {
  assert.equal(
    [0, 1, 2, 3].map((tries) => waitAfter(tries, 0.5)),
    [1000, 2000, 4000, 8000],
  );
  assert.is(waitAfter(50, 1), 75_000);
  assert.is(waitAfter(0, 0), 750);
});

snapshot.run();
