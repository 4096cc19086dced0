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

/**
 * The member whom an agent means by `typed`: a mention if there is one, "me", a Matrix id, a name, the beginning of one. The surest
 * reading that fits anybody decides; where it fits several, all of them are answered.
 */
export function findMember(
  typed: string,
  { members, self, mentioned }: { members: readonly CompanyMember[]; self: CompanyMember; mentioned: readonly string[] },
): FoundMember {
  const pointedAt = members.filter(({ userId }) => mentioned.includes(userId));
  if (pointedAt.length === 1 && pointedAt[0] !== undefined) return { kind: 'one', member: pointedAt[0] };
  const wanted = plain(typed).replace(/:$/, '');
  if (['me', 'mir', 'mich', 'ich'].includes(wanted)) return { kind: 'one', member: self };
  for (const isCalled of CALLED) {
    const found = members.filter((member) => isCalled(member, wanted));
    if (found.length === 1 && found[0] !== undefined) return { kind: 'one', member: found[0] };
    if (found.length > 1) return { kind: 'several', members: found };
  }
  return { kind: 'none' };
}

/** Matrix ids that a message mentions (https://spec.matrix.org/v1.15/client-server-api/#user-and-room-mentions). */
export function mentionsOf(content: Readonly<Record<string, unknown>>): string[] {
  const mentions = content['m.mentions'];
  const ids = typeof mentions === 'object' && mentions !== null ? (mentions as { user_ids?: unknown }).user_ids : undefined;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
