import type { BrowserDatabase } from './browser-database.ts';

/** Something that the person wrote and that the homeserver has not confirmed. */
export type OutboxEntry = {
  /** Its place among all; what was written first is sent first. */
  readonly order: number;
  /** Under this id the homeserver takes it once, however often it is sent. */
  readonly txnId: string;
  readonly roomId: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Event that it takes back. */
  readonly redacts?: string;
  /** When it was written, in milliseconds since 1970. */
  readonly writtenAt: number;
  /** When it was first sent; it may have arrived since. */
  readonly triedAt?: number;
  /** Code of why the homeserver does not take it; it is kept until somebody sends it again or discards it. */
  readonly refusal?: string;
};

/** What somebody wrote, before it has a place. */
export type Written = Omit<OutboxEntry, 'order' | 'triedAt' | 'refusal'>;

/** Where they are kept. */
export type OutboxStore = {
  list(): Promise<OutboxEntry[]>;
  add(written: Written): Promise<void>;
  replace(entry: OutboxEntry): Promise<void>;
  /** Removes an entry; others that speak of it by the id that it had in the page (an edit, a reaction) speak of the event from then on. */
  remove(entry: OutboxEntry, eventId?: string): Promise<void>;
};

/** Id of an event that the homeserver does not know yet, as matrix-js-sdk makes it. */
export const localId = ({ roomId, txnId }: Pick<OutboxEntry, 'roomId' | 'txnId'>): string => `~${roomId}:${txnId}`;

function renamed(entry: OutboxEntry, from: string, to: string): OutboxEntry | undefined {
  const before = JSON.stringify(entry);
  const after = before.replaceAll(JSON.stringify(from), JSON.stringify(to));
  return after === before ? undefined : (JSON.parse(after) as OutboxEntry);
}

/** Entries that live as long as the page: for a browser that keeps nothing. */
export function createPageOutboxStore(): OutboxStore {
  let entries: OutboxEntry[] = [];
  let last = 0;
  return {
    list: async () => entries,
    async add(written) {
      entries = [...entries, { ...written, order: (last += 1) }];
    },
    async replace(entry) {
      entries = entries.map((each) => (each.order === entry.order ? entry : each));
    },
    async remove(entry, eventId) {
      const rest = entries.filter(({ order }) => order !== entry.order);
      entries = eventId === undefined ? rest : rest.map((each) => renamed(each, localId(entry), eventId) ?? each);
    },
  };
}

/** Entries in the database of the account; what the browser refuses to write (a full disk) lives as long as the page. */
export function createOutboxStore(database: BrowserDatabase): OutboxStore {
  const inPage = createPageOutboxStore();
  const kept = async (): Promise<OutboxEntry[]> => (await database.readAll('outbox')) as OutboxEntry[];
  return {
    list: async () => [...(await kept()), ...(await inPage.list())],
    add: (written) => database.change(['outbox'], (store) => void store('outbox').add(written)).catch(() => inPage.add(written)),
    async replace(entry) {
      // Another tab may have removed it meanwhile: it must not come back.
      await database
        .change(['outbox'], (store) => {
          const outbox = store('outbox');
          outbox.openCursor(entry.order).addEventListener('success', (event) => {
            (event.target as IDBRequest<IDBCursorWithValue | null>).result?.update(entry);
          });
        })
        .catch(() => undefined);
      await inPage.replace(entry);
    },
    async remove(entry, eventId) {
      const others = eventId === undefined ? [] : (await kept()).flatMap((each) => renamed(each, localId(entry), eventId) ?? []);
      await database
        .change(['outbox'], (store) => {
          store('outbox').delete(entry.order);
          for (const other of others) if (other.order !== entry.order) store('outbox').put(other);
        })
        .catch(() => undefined);
      await inPage.remove(entry, eventId);
    },
  };
}
