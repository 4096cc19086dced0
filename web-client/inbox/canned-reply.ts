import type { InboxWorkplace } from '../../appservice/team/agent-inbox-wire.ts';

/** A text that a company wrote in advance. */
export type CannedReply = InboxWorkplace['cannedReplies'][number];

/** Replies that begin with what was typed after the slash, in a field that holds nothing else; undefined where none is asked for. */
export function askedReplies(replies: readonly CannedReply[], typed: string): readonly CannedReply[] | undefined {
  const name = /^\/([\p{L}\p{N}-]*)$/u.exec(typed)?.[1]?.toLowerCase();
  return name === undefined || replies.length === 0 ? undefined : replies.filter((reply) => reply.name.includes(name));
}

/** The text of a reply in the first of these languages that it has, else in any. */
export function replyText({ texts }: CannedReply, languages: readonly string[]): string {
  const found = languages.map((language) => language.toLowerCase().split('-')[0] ?? '').find((language) => Object.hasOwn(texts, language));
  return (found === undefined ? Object.values(texts)[0] : texts[found]) ?? '';
}
