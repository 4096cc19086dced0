import { withoutReplyFallback } from '../reply-fallback.ts';
import { nearestName } from './nearest-name.ts';

/** Names of what agents may type; in the order in which help lists them. */
export const COMMAND_NAMES = ['claim', 'assign', 'handover', 'close', 'reopen', 'label', 'reply', 'who', 'away', 'here', 'help'] as const;

/** See `COMMAND_NAMES`. */
export type CommandName = (typeof COMMAND_NAMES)[number];

/** A command with what it needs. */
export type TeamCommand =
  | { readonly name: 'claim' | 'close' | 'reopen' | 'who' | 'away' | 'here' | 'help' }
  /** `who` as typed: Matrix id, name, or "me". */
  | { readonly name: 'assign'; readonly who: string }
  /** Key or name of a department; null: back to the whole company. */
  | { readonly name: 'handover'; readonly department: string | null }
  /** Gives a label or takes it away; null: lists them. */
  | { readonly name: 'label'; readonly label: { readonly text: string; readonly taken: boolean } | null }
  /** Sends a canned reply; null: lists them. */
  | { readonly name: 'reply'; readonly reply: string | null };

/** What a text is that begins like a command. */
export type TypedCommand =
  | { readonly kind: 'command'; readonly command: TeamCommand }
  /** The name is right, what follows is not. */
  | { readonly kind: 'malformed'; readonly name: CommandName }
  /** There is no such command; `nearest` is what may have been meant. */
  | { readonly kind: 'unknown'; readonly nearest: CommandName | null };

/** What a label may be: letters and digits of any script, with some marks between. */
export const LABEL = /^[\p{L}\p{N}][\p{L}\p{N} ._+#&/-]{0,39}$/u;
const REPLY = /^[a-z0-9][a-z0-9-]{0,39}$/;

const isName = (name: string): name is CommandName => COMMAND_NAMES.some((known) => known === name);

/** Reads what follows the name; undefined where it does not fit. */
function withArguments(name: CommandName, rest: string): TeamCommand | undefined {
  if (rest.includes('\n')) return undefined;
  switch (name) {
    case 'assign':
      return rest === '' ? undefined : { name, who: rest };
    case 'handover':
      return rest === '' ? undefined : { name, department: rest === '-' ? null : rest };
    case 'label': {
      if (rest === '') return { name, label: null };
      const text = rest.replace(/^-\s*/, '').normalize('NFC').replaceAll(/\s+/g, ' ');
      return LABEL.test(text) ? { name, label: { text, taken: rest.startsWith('-') } } : undefined;
    }
    case 'reply':
      if (rest === '') return { name, reply: null };
      return REPLY.test(rest.toLowerCase()) ? { name, reply: rest.toLowerCase() } : undefined;
    case 'claim':
    case 'close':
    case 'reopen':
    case 'who':
    case 'away':
    case 'here':
    case 'help':
      return rest === '' ? { name } : undefined;
  }
}

/**
 * Reads a command from the plain body of a text message: `!` directly followed by a letter; undefined for anything else. Capitals
 * are read as small letters, because telephones begin with them. Notices are never obeyed (loop guard).
 */
export function readCommand({ msgtype, body }: Readonly<Record<string, unknown>>): TypedCommand | undefined {
  if (msgtype !== 'm.text' || typeof body !== 'string') return undefined;
  const typed = /^!(?<name>\p{L}[^\s]*)(?<rest>\s[^]*)?$/u.exec(withoutReplyFallback(body).trim())?.groups;
  if (typed === undefined) return undefined;
  const name = (typed['name'] ?? '').toLowerCase();
  if (!isName(name)) return { kind: 'unknown', nearest: nearestName(name, COMMAND_NAMES) ?? null };
  const command = withArguments(name, (typed['rest'] ?? '').trim());
  return command === undefined ? { kind: 'malformed', name } : { kind: 'command', command };
}
