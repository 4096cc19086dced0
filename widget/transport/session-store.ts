/** An event that the person makes: a message, an edit, a reaction, a redaction. */
export type OutgoingEvent = {
  /** Matrix event type. */
  readonly type: string;
  /** Matrix content; for a redaction the event it takes back, as `redacts`. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Conversation it belongs to; `new` begins one, and without it the server chooses. */
  readonly conversationId?: string;
  /** What the company asked before the chat; goes with the first message. */
  readonly fields?: Readonly<Record<string, string>>;
};

/** An event on its way. */
export type OutboxItem = OutgoingEvent & {
  /** The client's id of the event; sending it again under the same has no effect. */
  readonly txnId: string;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  /** Set when the server refused it for good; it waits for "try again". */
  readonly failed?: true;
};

/** What the browser keeps of a session. */
export type Kept = {
  /** Token of the visitor session; null as long as there is none. */
  readonly token: string | null;
  /** Events on their way, oldest first. */
  readonly outbox: readonly OutboxItem[];
  /** What stands in the message field. */
  readonly draft: string;
  /** Whether a sound tells of a new message. */
  readonly sound: boolean;
  /** Closings that the person was asked about, as `<conversation>:<time>`. */
  readonly rated: readonly string[];
  /** Whether the website has named the person. */
  readonly isVerified: boolean;
};

/** Keeps a session in the storage of our origin, in memory where storage is refused or nothing was sent yet. */
export type SessionStore = {
  /** What is kept now. */
  readonly read: () => Kept;
  /** Changes what is kept. Nothing reaches storage before something was sent. */
  readonly update: (change: (kept: Kept) => Partial<Kept>) => void;
  /** Leaves nothing behind. */
  readonly forget: () => void;
  /** Whether other tabs of this browser see the same session. */
  readonly isShared: () => boolean;
  /** Whether this browser lets us keep nothing beyond the page. */
  readonly isRefused: () => boolean;
};

const NOTHING: Kept = { token: null, outbox: [], draft: '', sound: false, rated: [], isVerified: false };

/** Name under which the session with a company is kept. */
export const storageKey = (slug: string): string => `smoope:${slug}`;

function decode(text: string | null): Kept {
  try {
    const value = JSON.parse(text ?? '{}') as Partial<Kept>;
    if (typeof (value.token ?? '') !== 'string' || !Array.isArray(value.outbox)) return NOTHING;
    return { ...NOTHING, ...value, outbox: (value.outbox as readonly OutboxItem[]).filter(({ type }) => typeof type === 'string') };
  } catch {
    return NOTHING;
  }
}

// What was sent outlives a page that is left before the server has answered; a draft alone is nobody's but the page's.
const isKept = ({ token, outbox }: Kept) => token || outbox[0];

/** Makes the store of one company; `storage` is asked each time, because reading the property alone may throw. */
export function createSessionStore(slug: string, storage: () => Storage): SessionStore {
  const key = storageKey(slug);
  let memory = NOTHING;
  let refused = false;

  function read(): Kept {
    // What is not kept in storage (nothing sent yet, storage refused) lives here; what is, may have been changed by another tab.
    if (refused) return memory;
    try {
      const kept = decode(storage().getItem(key));
      if (isKept(kept) || isKept(memory)) memory = kept;
    } catch {
      refused = true;
    }
    return memory;
  }

  function update(change: (kept: Kept) => Partial<Kept>): void {
    const before = read();
    const wasKept = isKept(before);
    memory = { ...before, ...change(before) };
    if (refused) return;
    try {
      if (isKept(memory)) storage().setItem(key, JSON.stringify(memory));
      else if (wasKept) storage().removeItem(key);
    } catch {
      refused = true;
    }
  }

  return {
    read,
    update,
    forget: () => update(() => NOTHING),
    isShared: () => read().token !== null && !refused,
    isRefused: () => {
      read();
      return refused;
    },
  };
}
