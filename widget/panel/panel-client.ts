import type { EventsResponse, SendEventResponse } from '../../appservice/conversations/conversation-wire.ts';
import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import { type Api, type ApiRequest, isPassing, isSessionGone } from '../transport/api.ts';
import { backoff, createPause } from '../transport/backoff.ts';
import { createOutbox } from '../transport/outbox.ts';
import { createSession } from '../transport/session.ts';
import { type OutboxItem, type SessionStore, storageKey } from '../transport/session-store.ts';
import { countUnread, type Thread } from './conversation-state.ts';
import { createFollower } from './follower.ts';
import type { PanelClient, PanelView } from './panel-view.ts';
import { isMessage } from './relations.ts';
import { createTypingSignal } from './typing-signal.ts';

/** What the client needs. */
export type PanelClientParts = {
  readonly settings: PanelSettings;
  readonly api: Api;
  readonly store: SessionStore;
  /** Called after every change of the view. */
  readonly onChange: () => void;
  /** The server refused an event for good. */
  readonly onRefused: (error: unknown) => unknown;
  /** A message came, or one of our own was taken by the server. */
  readonly onMessage: (own: boolean) => void;
};

const NEW = 'new';

const pathOf = (id: string, rest: string) => `/api/v1/visitor/conversations/${encodeURIComponent(id)}${rest}`;

/** Makes the client of one panel. */
export function createPanelClient({ settings, api, store, onChange, onRefused, onMessage }: PanelClientParts): PanelClient {
  const session = createSession({ api, store, settings });
  const reading = createPause();
  let selected: string | undefined;
  let fields: OutboxItem['fields'];
  let history: PanelView['history'] = 'idle';

  const outbox = createOutbox({
    store,
    deliver,
    onRefused,
    onChange,
    pause: createPause(),
    newTxnId: () => crypto.randomUUID(),
    now: Date.now,
  });
  const typing = createTypingSignal((isTyping) => void put('/typing', { typing: isTyping }), Date.now);
  const follower = createFollower({
    api,
    session,
    name: storageKey(settings.company.slug),
    isShared: store.isShared,
    onChange,
    onEnd: () => store.update((kept) => ({ outbox: kept.outbox.map(({ conversationId: _gone, ...item }) => item) })),
    onLive: outbox.flush,
    onEvent: (event, isNew) => {
      if (event.txnId) outbox.settle(event.txnId);
      if (isNew && isMessage(event) && event.sender.kind !== 'person') onMessage(false);
    },
  });

  function thread(): Thread | undefined {
    if (selected === NEW) return undefined;
    const state = follower.state();
    return state.find(({ summary }) => summary.id === selected) ?? state[0];
  }

  async function put(what: string, body: object): Promise<void> {
    const id = thread()?.summary.id;
    const token = session.token();
    // Typing and receipts are signs of the moment: one that gets lost is not sent again.
    if (id && token) await api.call({ method: 'PUT', path: pathOf(id, what), token, body }).catch(() => {});
  }

  async function deliver(item: OutboxItem): Promise<void> {
    const { txnId, type, content, conversationId } = item;
    const place = conversationId === NEW ? { newConversation: true } : conversationId && { conversationId };
    const sent = await session.use(async (token) => {
      // The conversation of a session that ended is not known to the next one.
      const isSame = [undefined, token].includes(follower.followed());
      const body = { type, content, txnId, ...(isSame && place), ...(item.fields && { fields: item.fields }) };
      return { token, value: await api.call<SendEventResponse>({ method: 'POST', path: '/api/v1/visitor/events', token, body }) };
    });
    follower.follow(sent.token);
    const { value } = sent;
    // What was written meanwhile belongs into the conversation that has just begun.
    if (conversationId === NEW) {
      store.update((kept) => ({
        outbox: kept.outbox.map((other) => (other.conversationId === NEW ? { ...other, conversationId: value.conversationId } : other)),
      }));
    }
    if (selected === conversationId && selected) selected = value.conversationId;
    follower.change({ type: 'sent', value, item });
    if (isMessage(item)) onMessage(true);
  }

  function isShown({ conversationId }: OutboxItem): boolean {
    if (conversationId === NEW || selected === NEW) return conversationId === selected;
    return conversationId === undefined || conversationId === (thread()?.summary.id ?? conversationId);
  }

  async function loadOlder(attempt = 0): Promise<void> {
    const { summary, before } = thread() ?? {};
    const token = session.token();
    if (!summary || !token || history === 'loading' || before === null) return;
    history = 'loading';
    onChange();
    try {
      const from = before ? `&before=${encodeURIComponent(before)}` : '';
      const page = await api.call<EventsResponse>({ path: pathOf(summary.id, `/events?limit=30${from}`), token });
      history = 'idle';
      follower.change({ type: 'page', conversationId: summary.id, ...page });
    } catch (error) {
      history = 'failed';
      if (isSessionGone(error)) follower.end(token);
      onChange();
      // Nobody should have to ask for what they last saw; further back the person asks for it again.
      if (!isPassing(error) || before !== undefined) return;
      await reading.sleep(backoff(attempt, Math.random()));
      if (follower.followed() === token) await loadOlder(attempt + 1);
    }
  }

  function markSeen(): void {
    const { summary, entries } = thread() ?? {};
    const last = entries?.findLast(({ sender, seq }) => sender.kind !== 'person' && seq !== null);
    if (!summary || !last?.seq || (last.seq <= summary.readByPersonSeq && summary.unread === 0)) return;
    follower.change({ type: 'seen', conversationId: summary.id, seq: last.seq });
    void put('/receipt', { eventId: last.eventId });
  }

  function hurry(): void {
    reading.wake();
    follower.hurry();
    outbox.flush();
  }

  function leave(): void {
    follower.leave();
    selected = undefined;
    history = 'idle';
  }

  function resume(): void {
    const token = session.token();
    const followed = follower.followed();
    if (token) follower.follow(token);
    else if (followed) follower.end(followed);
    outbox.flush();
    onChange();
  }

  return {
    view: () => ({
      thread: thread(),
      threads: follower.state(),
      isNew: selected === NEW,
      outbox: outbox.items().filter(isShown),
      isInterrupted: outbox.isInterrupted() || follower.isInterrupted(),
      isSessionGone: follower.isGone(),
      hasSession: session.token() !== undefined,
      isListed: follower.isListed(),
      history,
      unread: countUnread(follower.state()),
      fields,
      kept: store.read(),
    }),
    start: resume,
    send: (event) => {
      const conversationId = event.conversationId ?? (selected === NEW ? NEW : thread()?.summary.id);
      outbox.add({ ...event, ...(conversationId && { conversationId }), ...(fields && isMessage(event) && { fields }) });
      if (isMessage(event)) fields = undefined;
    },
    describe: (values) => {
      fields = values;
      onChange();
    },
    retry: outbox.retry,
    write: (draft) => {
      store.update(() => ({ draft }));
      if (draft.trim()) typing.wrote();
      else typing.stopped();
    },
    draft: () => store.read().draft,
    loadOlder: () => void loadOlder(),
    markSeen,
    select: (conversationId) => {
      selected = conversationId;
      history = 'idle';
      onChange();
    },
    call: <T>(request: ApiRequest) => session.use((token) => api.call<T>({ ...request, token })),
    use: session.use,
    open: (request) => session.use((token) => api.open({ ...request, token })),
    pathOf,
    store,
    change: follower.change,
    hurry,
    networkChanged: () => {
      if (navigator.onLine) {
        follower.renew();
        hurry();
      }
      onChange();
    },
    storageChanged: resume,
    close: leave,
  };
}
