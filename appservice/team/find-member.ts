import type { CompanyMember } from '../companies/company.ts';

/** Who was meant. */
export type FoundMember =
  | { readonly kind: 'one'; readonly member: CompanyMember }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly members: readonly CompanyMember[] };

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
const localpartOf = (userId: string): string => userId.slice(1, userId.indexOf(':'));

/** What a member may be called, the surest first. */
const CALLED: readonly ((member: CompanyMember, typed: string) => boolean)[] = [
  ({ userId }, typed) => userId.toLowerCase() === typed,
  ({ userId }, typed) => localpartOf(userId).toLowerCase() === typed.replace(/^@/, ''),
  ({ displayName }, typed) => displayName !== null && plain(displayName) === typed.replace(/^@/, ''),
  ({ displayName, userId }, typed) => {
    const words = plain(displayName ?? '').split(/\s+/);
    const start = typed.replace(/^@/, '');
    return words.includes(start) || plain(displayName ?? '').startsWith(start) || localpartOf(userId).toLowerCase().startsWith(start);
  },
];

/** Whom a message points at. */
export type Mentions = {
  /** Matrix ids that its own words link: somebody was chosen from the client's list. */
  readonly linked: readonly string[];
  /** Matrix ids that it shall notify, among them the sender of the message that it answers. */
  readonly notified: readonly string[];
};

/** Nobody. */
export const NO_MENTIONS: Mentions = { linked: [], notified: [] };

/**
 * The member whom an agent means by `typed`: one whom the words link, "me", a Matrix id, a name, the beginning of one. The surest
 * reading that fits anybody decides; where it fits several or nobody, one whom the message notifies is meant, else all are answered.
 */
export function findMember(
  typed: string,
  { members, self, mentions }: { members: readonly CompanyMember[]; self: CompanyMember; mentions: Mentions },
): FoundMember {
  const only = (ids: readonly string[]): FoundMember | undefined => {
    const [member, ...more] = members.filter(({ userId }) => ids.includes(userId));
    return member !== undefined && more.length === 0 ? { kind: 'one', member } : undefined;
  };
  return only(mentions.linked) ?? readName(typed, members, self) ?? only(mentions.notified) ?? couldBe(typed, members);
}

function fitting(typed: string, members: readonly CompanyMember[]): readonly CompanyMember[] {
  const wanted = plain(typed).replace(/:$/, '');
  for (const isCalled of CALLED) {
    const found = members.filter((member) => isCalled(member, wanted));
    if (found.length > 0) return found;
  }
  return [];
}

function readName(typed: string, members: readonly CompanyMember[], self: CompanyMember): FoundMember | undefined {
  if (['me', 'mir', 'mich', 'ich'].includes(plain(typed).replace(/:$/, ''))) return { kind: 'one', member: self };
  const [member, ...more] = fitting(typed, members);
  return member !== undefined && more.length === 0 ? { kind: 'one', member } : undefined;
}

function couldBe(typed: string, members: readonly CompanyMember[]): FoundMember {
  const found = fitting(typed, members);
  return found.length === 0 ? { kind: 'none' } : { kind: 'several', members: found };
}

/** What links to a Matrix id (https://spec.matrix.org/v1.15/appendices/#matrixto-navigation and #matrix-uri-scheme). */
const LINK = /href=["'](?:https:\/\/matrix\.to\/#\/(@|%40)|matrix:u\/)([^"'?]+)/gi;

function linkedIn(html: string): string[] {
  // What is repeated of the message that it answers begins with a link to its sender.
  const own = html.replaceAll(/<mx-reply>[\s\S]*?<\/mx-reply>/gi, '');
  return [...own.matchAll(LINK)].flatMap(([, , id = '']) => {
    try {
      return [`@${decodeURIComponent(id)}`];
    } catch {
      return [];
    }
  });
}

/** Whom content points at (https://spec.matrix.org/v1.15/client-server-api/#user-and-room-mentions); it may be anything. */
export function mentionsOf(content: Readonly<Record<string, unknown>>): Mentions {
  const mentions = content['m.mentions'];
  const ids = typeof mentions === 'object' && mentions !== null ? (mentions as { user_ids?: unknown }).user_ids : undefined;
  const html = content['formatted_body'];
  return {
    linked: typeof html === 'string' ? linkedIn(html) : [],
    notified: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [],
  };
}
