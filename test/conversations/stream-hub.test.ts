import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createStreamHub, type StreamMessage, type Subscriber } from '../../appservice/conversations/stream-hub.ts';
import type { CompanyId, PersonId } from '../../appservice/ids.ts';

const [anna, ben] = ['anna', 'ben'] as PersonId[] as [PersonId, PersonId];
const [acme, other] = ['acme', 'other'] as CompanyId[] as [CompanyId, CompanyId];
const ready: StreamMessage = { event: 'ready', data: {} };

function subscriber(personId: PersonId, companyId: CompanyId) {
  const sent: StreamMessage[] = [];
  let closed = 0;
  const one: Subscriber = { personId, companyId, send: (message) => void sent.push(message), close: () => (closed += 1) };
  return { one, sent, closed: () => closed };
}

test('a message goes to every stream of the person with this company, and to no other', () => {
  const hub = createStreamHub();
  const [tab, secondTab, elsewhere, neighbour] = [
    subscriber(anna, acme),
    subscriber(anna, acme),
    subscriber(anna, other),
    subscriber(ben, acme),
  ];
  for (const { one } of [tab, secondTab, elsewhere, neighbour]) hub.subscribe(one);
  hub.publish(anna, acme, ready);
  assert.equal(
    [tab, secondTab, elsewhere, neighbour].map(({ sent }) => sent.length),
    [1, 1, 0, 0],
  );
});

test('who listens is known until the last stream goes, and leaving twice does no harm', () => {
  const hub = createStreamHub();
  const leave = [subscriber(anna, acme), subscriber(anna, acme)].map(({ one }) => hub.subscribe(one));
  assert.is(hub.hasSubscribers(anna, acme), true);
  assert.is(hub.hasSubscribers(anna, other), false);
  leave[0]?.();
  leave[0]?.();
  assert.is(hub.hasSubscribers(anna, acme), true);
  assert.equal(hub.listCompanies(), [acme]);
  leave[1]?.();
  assert.is(hub.hasSubscribers(anna, acme), false);
  assert.equal(hub.listCompanies(), []);
});

test('the first stream of a company is told, later ones are not, and the first again after all have gone', () => {
  const hub = createStreamHub();
  const told: CompanyId[] = [];
  hub.onCompany((id) => told.push(id));
  const leave = hub.subscribe(subscriber(anna, acme).one);
  hub.subscribe(subscriber(ben, acme).one)();
  assert.equal(told, [acme]);
  leave();
  hub.subscribe(subscriber(ben, acme).one);
  assert.equal(told, [acme, acme]);
});

test('all streams can be ended at once', () => {
  const hub = createStreamHub();
  const all = [subscriber(anna, acme), subscriber(ben, other)];
  for (const { one } of all) hub.subscribe(one);
  hub.closeAll();
  assert.equal(
    all.map(({ closed }) => closed()),
    [1, 1],
  );
});

test.run();
