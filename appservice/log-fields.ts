/** Shape that a field's value must have; what does not fit is replaced before it is written. */
type FieldKind = 'uuid' | 'room' | 'event' | 'word' | 'number' | 'flag';

/**
 * The allow-list of the log: ids of rows and rooms, codes, counts, durations. A field that stands not here is dropped,
 * so a name, an address or somebody's words cannot reach the log by being passed along (design 13).
 */
export const LOG_FIELDS = {
  companyId: 'uuid',
  personId: 'uuid',
  conversationId: 'uuid',
  sessionId: 'uuid',
  jobId: 'uuid',
  requestId: 'word',
  roomId: 'room',
  eventId: 'event',
  eventType: 'word',
  transactionId: 'word',
  slug: 'word',
  code: 'word',
  method: 'word',
  route: 'word',
  module: 'word',
  step: 'word',
  template: 'word',
  table: 'word',
  version: 'word',
  outcome: 'word',
  reason: 'word',
  signal: 'word',
  profile: 'word',
  file: 'word',
  status: 'number',
  port: 'number',
  pid: 'number',
  count: 'number',
  depth: 'number',
  attempt: 'number',
  seq: 'number',
  bytes: 'number',
  durationMs: 'number',
  retryAfterMs: 'number',
  replayed: 'flag',
  ready: 'flag',
} as const satisfies Record<string, FieldKind>;

type ValueOf<Kind> = Kind extends 'number' ? number : Kind extends 'flag' ? boolean : string;

/** The fields a log line may have beside its event name; see `LOG_FIELDS`. */
export type LogFields = { [Name in keyof typeof LOG_FIELDS]?: ValueOf<(typeof LOG_FIELDS)[Name]> | undefined };

const HIDDEN = '[hidden]';

const SHAPES: Record<'uuid' | 'room' | 'event' | 'word', RegExp> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  room: /^![A-Za-z0-9_-]{1,64}(:[A-Za-z0-9.:-]{1,120})?$/,
  event: /^\$[A-Za-z0-9_-]{1,64}$/,
  word: /^[\w.:/#*+-]{1,160}$/,
};

/** Things that must not stand even in a word: Matrix user ids, mail addresses, phone numbers, network addresses, tokens. */
const FORBIDDEN: readonly RegExp[] = [
  /@/,
  /(?<![\w.-])\+?\d[\d()/-]{6,}\d(?![\w.-])/,
  /(?<![\w.])\d{1,3}(\.\d{1,3}){3}(?![\w.])/,
  /(?<![0-9a-f])(?=[0-9a-f]*[a-f])[0-9a-f]{32,}(?![0-9a-f])/i,
  /\b(syt|mas|mat|smoope)_\w{8,}/i,
  /(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{24,}/,
  /(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}/,
];

const isListed = (name: string): name is keyof typeof LOG_FIELDS => Object.hasOwn(LOG_FIELDS, name);

/** A word as it may be written: itself, or `[hidden]` where it is not a plain word or looks like personal data or a token. */
export function cleanWord(value: string): string {
  return SHAPES.word.test(value) && !FORBIDDEN.some((pattern) => pattern.test(value)) ? value : HIDDEN;
}

function cleanValue(kind: FieldKind, value: unknown): string | number | boolean {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : HIDDEN;
  if (kind === 'flag') return typeof value === 'boolean' ? value : HIDDEN;
  if (typeof value !== 'string') return HIDDEN;
  if (kind === 'word') return cleanWord(value);
  return SHAPES[kind].test(value) ? value : HIDDEN;
}

/** What of the given fields may be written; `dropped` counts those that are not on the list. */
export function allowedFields(fields: LogFields): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (isListed(name)) kept[name] = cleanValue(LOG_FIELDS[name], value);
    else dropped += 1;
  }
  return dropped > 0 ? { ...kept, dropped } : kept;
}
