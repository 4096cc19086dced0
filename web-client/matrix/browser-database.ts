/** What every database of ours in a browser is called, with the Matrix id of the account behind it. */
export const DATABASE_PREFIX = 'smoope.matrix.';

/** Raised when a store is added or one's shape changes; what an older version kept is thrown away, the homeserver has it. */
const VERSION = 1;

/** Stores of a database: what a list shows of rooms and their last events, by their id; what waits to be sent, as it was written. */
export type StoreName = 'room' | 'timeline' | 'outbox';

/** A database of one account in this browser. */
export type BrowserDatabase = {
  /** Reads a whole store, in the order of its keys; nothing once the database is gone. */
  readAll(store: StoreName): Promise<unknown[]>;
  /** Reads one; undefined where there is none, or once the database is gone. */
  read(store: StoreName, key: string): Promise<unknown>;
  /**
   * Changes stores in one transaction, all or nothing, which is under way before this returns: a page that is left at once does not take it
   * along. Throws where the browser refuses it.
   */
  change(stores: readonly StoreName[], work: (store: (name: StoreName) => IDBObjectStore) => void): Promise<void>;
  /** Whether it was deleted or closed; nothing is kept from then on. */
  isGone(): boolean;
  close(): void;
};

const finished = (request: IDBRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser refused')));
  });

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.addEventListener('upgradeneeded', () => {
    for (const old of request.result.objectStoreNames) request.result.deleteObjectStore(old);
    request.result.createObjectStore('room', { keyPath: 'roomId' });
    request.result.createObjectStore('timeline', { keyPath: 'roomId' });
    request.result.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
  });
  return finished(request) as Promise<IDBDatabase>;
}

/** Opens the database of an account; undefined where the browser keeps nothing, as in some private windows. */
export async function openBrowserDatabase(userId: string): Promise<BrowserDatabase | undefined> {
  const database = await open(`${DATABASE_PREFIX}${userId}`).catch(() => undefined);
  if (database === undefined) return undefined;
  let isGone = false;
  const close = (): void => {
    isGone = true;
    database.close();
  };
  // Another tab deletes it, or opens a newer version of it: it waits until all others have let go.
  database.addEventListener('versionchange', close);
  database.addEventListener('close', close);
  return {
    isGone: () => isGone,
    close,
    readAll: async (store) => (isGone ? [] : ((await finished(database.transaction(store).objectStore(store).getAll())) as unknown[])),
    read: async (store, key) => (isGone ? undefined : finished(database.transaction(store).objectStore(store).get(key))),
    async change(stores, work) {
      if (isGone) return;
      const transaction = database.transaction([...stores], 'readwrite');
      const done = new Promise<void>((resolve, reject) => {
        transaction.addEventListener('complete', () => resolve());
        transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('the browser refused')));
      });
      work((name) => transaction.objectStore(name));
      await done;
    },
  };
}

/** Deletes the databases of all accounts, or of all but one; other tabs let go of them. */
export async function deleteBrowserDatabases(except?: string): Promise<void> {
  const names = await indexedDB.databases().catch(() => []);
  const ours = names.flatMap(({ name = '' }) => (name.startsWith(DATABASE_PREFIX) && name !== `${DATABASE_PREFIX}${except}` ? [name] : []));
  await Promise.all(ours.map((name) => finished(indexedDB.deleteDatabase(name)).catch(() => undefined)));
}
