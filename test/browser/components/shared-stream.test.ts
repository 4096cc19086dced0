import { assert, aTimeout } from '@open-wc/testing';
import { createSharedStream, type StreamListener } from '../../../widget/transport/shared-stream.ts';
import type { StreamState } from '../../../widget/transport/stream.ts';
import { eventually } from './element-fixture.ts';

type Tab = {
  readonly messages: string[];
  readonly states: StreamState[];
  readonly real: StreamListener[];
  hurried: number;
  renewed: number;
  closed: number;
  close: () => void;
  hurry: () => void;
  renew: () => void;
};

function openTab(name: string, isShared = true): Tab {
  const tab: Tab = {
    messages: [],
    states: [],
    real: [],
    hurried: 0,
    renewed: 0,
    closed: 0,
    close: () => {},
    hurry: () => {},
    renew: () => {},
  };
  const stream = createSharedStream({
    name,
    isShared,
    connect: (listener) => {
      tab.real.push(listener);
      return { close: () => (tab.closed += 1), hurry: () => (tab.hurried += 1), renew: () => (tab.renewed += 1) };
    },
    listener: { onMessage: ({ type }) => tab.messages.push(type), onState: (state) => tab.states.push(state) },
  });
  return Object.assign(tab, { close: stream.close, hurry: stream.hurry, renew: stream.renew });
}

let count = 0;
const aName = () => `smoope:test-${(count += 1)}`;

describe('stream that tabs share', () => {
  it('is read by one tab and heard by all', async () => {
    const name = aName();
    const [one, other] = [openTab(name), openTab(name)];
    await eventually(() => one.real.length === 1);
    one.real[0]?.onState('live');
    one.real[0]?.onMessage({ type: 'ready', value: {} });
    await eventually(() => other.messages.length === 1);
    assert.lengthOf(other.real, 0);
    assert.deepEqual([one.messages, other.messages, other.states], [['ready'], ['ready'], ['live']]);
    one.close();
    other.close();
  });

  it('passes to the next tab when the one that reads it closes', async () => {
    const name = aName();
    const [one, other] = [openTab(name), openTab(name)];
    await eventually(() => one.real.length === 1);
    one.close();
    await eventually(() => other.real.length === 1);
    assert.equal(one.closed, 1);
    other.close();
  });

  it('tells a tab that comes later how it is', async () => {
    const name = aName();
    const one = openTab(name);
    await eventually(() => one.real.length === 1);
    one.real[0]?.onState('waiting');
    const other = openTab(name);
    await eventually(() => other.states.length === 1);
    assert.deepEqual(other.states, ['waiting']);
    one.close();
    other.close();
  });

  it('is never taken up by a tab that closed while it waited', async () => {
    const name = aName();
    const [one, other] = [openTab(name), openTab(name)];
    await eventually(() => one.real.length === 1);
    other.close();
    one.close();
    await aTimeout(50);
    assert.lengthOf(other.real, 0);
  });

  it('is not shared where other tabs do not have the session', async () => {
    const name = aName();
    const [one, other] = [openTab(name, false), openTab(name, false)];
    assert.deepEqual([one.real.length, other.real.length], [1, 1]);
    one.real[0]?.onMessage({ type: 'ready', value: {} });
    await aTimeout(30);
    assert.deepEqual(other.messages, []);
  });

  it('is hurried by the tab that reads it', async () => {
    const one = openTab(aName());
    await eventually(() => one.real.length === 1);
    one.hurry();
    one.renew();
    assert.deepEqual([one.hurried, one.renewed], [1, 1]);
    one.close();
  });
});
