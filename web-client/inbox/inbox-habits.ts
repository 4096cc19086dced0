/** What somebody chose for the inbox in this browser. */
export type InboxHabits = {
  /** Whether a sound tells of new messages. */
  readonly sound: boolean;
  /** Whether messages of the browser do. */
  readonly notices: boolean;
  /** Whether single keys do something (WCAG 2.2, 2.1.4: they can be switched off). */
  readonly keys: boolean;
};

const KEY = 'smoope.inbox';
const DEFAULTS: InboxHabits = { sound: false, notices: false, keys: true };

/** The habits of this browser; what was never chosen is as at the beginning. */
export function findHabits(storage: Pick<Storage, 'getItem'> = localStorage): InboxHabits {
  try {
    const kept = (JSON.parse(storage.getItem(KEY) ?? 'null') ?? {}) as Partial<Record<keyof InboxHabits, unknown>>;
    const of = (name: keyof InboxHabits): boolean => (typeof kept[name] === 'boolean' ? kept[name] : DEFAULTS[name]);
    return { sound: of('sound'), notices: of('notices'), keys: of('keys') };
  } catch {
    return DEFAULTS;
  }
}

/** Keeps them, where the browser keeps anything. */
export function keepHabits(habits: InboxHabits, storage: Pick<Storage, 'setItem'> = localStorage): void {
  try {
    storage.setItem(KEY, JSON.stringify(habits));
  } catch {
    // They last as long as the page.
  }
}
