import { withoutReplyFallback } from './shown-content.ts';

/** What agents may type, in the team room about an announcement or into the conversation itself. */
export type AgentCommand = { readonly name: 'close' };

const COMMANDS: ReadonlySet<string> = new Set<AgentCommand['name']>(['close']);

/** Reads a command from the plain body of a text message; undefined for what is none. Notices are never obeyed (loop guard). */
export function parseCommand(content: Readonly<Record<string, unknown>>): AgentCommand | undefined {
  const { msgtype, body } = content;
  if (msgtype !== 'm.text' || typeof body !== 'string') return undefined;
  const name = /^!([a-z]+)\s*$/.exec(withoutReplyFallback(body).trim())?.[1];
  return name !== undefined && COMMANDS.has(name) ? { name: name as AgentCommand['name'] } : undefined;
}
