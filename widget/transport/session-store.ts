/** A message on its way. */
export type OutboxItem = {
  /** The client's id of the message; sending it again under the same has no effect. */
  readonly txnId: string;
  /** Words of the message. */
  readonly body: string;
  /** When it was written, milliseconds since 1970. */
  readonly at: number;
  /** Set when the server refused it for good; it waits for "try again". */
  readonly failed?: true;
};

/** What the browser keeps of a session. */
export type Kept = {
  /** Token of the visitor session; null as long as there is none. */
  readonly token: string | null;
  /** Messages on their way, oldest first. */
  readonly outbox: readonly OutboxItem[];
  /** What stands in the message field. */
  readonly draft: string;
};

/** Keeps a session in the storage of our origin, in memory where storage is refused or nothing was sent yet. */
export type SessionStore = {
  /** What is kept now. */
  readonly read: () => Kept;
  /** Changes what is kept. Nothing reaches storage as long as there is no token. */
  readonly update: (change: (kept: Kept) => Partial<Kept>) => void;
  /** Whether other tabs of this browser see the same session. */
  readonly isShared: () => boolean;
  /** Whether this browser lets us keep nothing beyond the page. */
  readonly isRefused: () => boolean;
};

const NOTHING: Kept = { token: null, outbox: [], draft: '' };

/** Name under which the session with a company is kept. */
export const storageKey = (slug: string): string => `smoope:${slug}`;

function decode(text: string | null): Kept {
  try {
    const value = JSON.parse(text ?? '{}') as Partial<Kept>;
    return typeof value.token === 'string' && Array.isArray(value.outbox) ? { ...NOTHING, ...value } : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** Makes the store of one company; `storage` is asked each time, because reading the property alone may throw. */
export function createSessionStore(slug: string, storage: () => Storage): SessionStore {
  const key = storageKey(slug);
  let memory = NOTHING;
  let refused = false;

  function read(): Kept {
    // What is not kept in storage (no token yet, storage refused) lives here; what is, may have been changed by another tab.
    if (refused) return memory;
    try {
      const kept = decode(storage().getItem(key));
      if (kept.token || memory.token) memory = kept;
    } catch {
      refused = true;
    }
    return memory;
  }

  function update(change: (kept: Kept) => Partial<Kept>): void {
    const before = read();
    const hadToken = before.token !== null;
    memory = { ...before, ...change(before) };
    if (refused) return;
    try {
      if (memory.token) storage().setItem(key, JSON.stringify(memory));
      else if (hadToken) storage().removeItem(key);
    } catch {
      refused = true;
    }
  }

  return {
    read,
    update,
    isShared: () => read().token !== null && !refused,
    isRefused: () => {
      read();
      return refused;
    },
  };
}
