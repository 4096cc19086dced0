/** Whose data something is. `company` is a legal person; `nobody` means that no person can be found from it. */
export type Subject = 'visitor' | 'customer' | 'agent' | 'admin' | 'operator' | 'company' | 'nobody';

/**
 * Why it may be stored. The operator is controller for the service itself and processor for what a company keeps of its
 * conversations (GDPR article 28); the company then has its own basis, in general article 6(1)(b) or (f).
 */
export type LegalBasis =
  | 'GDPR 6(1)(b): the service that the person asked for'
  | 'GDPR 6(1)(c): a duty of law'
  | 'GDPR 6(1)(f): running the service safely'
  | 'GDPR 28: for the company, under the processing agreement'
  | 'none: no data of a person';

/** How long something lives: `period` begins with `start`. */
export type Life = { readonly start: string; readonly period: string };

/** How a person's export gets it (GDPR articles 15 and 20), or why it is left out. */
export type ExportRule = { readonly how: 'included'; readonly as: string } | { readonly how: 'left out'; readonly because: string };

/** How an erasure treats it (GDPR article 17), or why it stays. */
export type ErasureRule =
  | { readonly how: 'deleted'; readonly with: string }
  | { readonly how: 'emptied'; readonly with: string }
  | { readonly how: 'stays'; readonly because: string };

/** What is said of every stored thing. */
export type Rules = {
  readonly basis: LegalBasis;
  readonly subjects: readonly Subject[];
  readonly life: Life;
  /** Who receives it beside the operator. */
  readonly recipients: readonly string[];
  readonly export: ExportRule;
  readonly erasure: ErasureRule;
};

/** A column: its purpose, and where it differs from its table. */
export type ColumnEntry = { readonly purpose: string } & Partial<Rules>;

/** A table of our database: rules that hold for its columns unless a column says otherwise. */
export type TableEntry = {
  readonly table: string;
  readonly purpose: string;
  readonly rules: Rules;
  readonly columns: Readonly<Record<string, string | ColumnEntry>>;
};

/** A store of the homeserver or of a library, with the tables of its database that hold it. */
export type MatrixStoreEntry = {
  readonly store: string;
  readonly purpose: string;
  readonly rules: Rules;
  /** Tables of Synapse and of our module in it, or of the library with its schema. */
  readonly tables: readonly string[];
};

/** Something that our pages store in a person's browser, by the name that it has there. */
export type BrowserStoreEntry = {
  readonly store: string;
  readonly kind: 'IndexedDB' | 'localStorage' | 'sessionStorage' | 'Cache';
  readonly purpose: string;
  /** Why what the person asked for cannot be given without it (TDDDG § 25(2) no. 2). */
  readonly necessary: string;
  readonly rules: Rules;
};

/** Files and logs outside both databases. */
export type FileEntry = { readonly file: string; readonly purpose: string; readonly rules: Rules };

/** Rules for what says nothing about a person. */
export const NOBODY = {
  basis: 'none: no data of a person',
  subjects: ['nobody'],
  recipients: [],
  export: { how: 'left out', because: 'It is no data of a person.' },
  erasure: { how: 'stays', because: 'It is no data of a person.' },
} as const satisfies Omit<Rules, 'life'>;
