import { castOf } from '../api/customer-conversations.ts';
import type { MatrixClient, Room } from '../matrix/matrix-sdk.ts';
import type { Person } from './person.ts';
import { plainName } from './plain-name.ts';

/** Whose names are shown: those the company chose for customers, or those of Matrix, by which colleagues know each other. */
export type NamesOf = 'company' | 'matrix';

/** How long after somebody unknown has written it is asked who they are: the service hears of them when we do, not before. */
const AGAIN_MS = [0, 2_000, 10_000] as const;

/** Who is who in a room. */
export type People = {
  personOf(userId: string): Person;
  /** Name and picture of the company; undefined while that is not known. */
  company(): Person | undefined;
};

/**
 * Who is who in a room, as the reader may see them; `hear` is called when more is known. Whom the service has not named yet goes by the
 * name of the company: the Matrix name is another one than the company chose, and would be read by the wrong people for a moment.
 */
export function createPeople(settings: {
  readonly client: MatrixClient;
  readonly room: Room;
  readonly userId: string;
  readonly names: NamesOf;
  readonly companyName: string;
  readonly hear: () => void;
}): People {
  const { client, room, userId: own, names, companyName, hear } = settings;
  let known = new Map<string, Person>();
  let company: Person | undefined;
  let state: 'asking' | 'known' | 'unknown' = names === 'company' ? 'asking' : 'unknown';
  const askedFor = new Set<string>();

  async function ask(): Promise<void> {
    try {
      const cast = await castOf(client, room.roomId);
      known = new Map(cast.members.map((member) => [member.userId, { name: plainName(member.name), pictureUrl: member.pictureUrl }]));
      company = { name: plainName(cast.company.name), pictureUrl: cast.company.pictureUrl };
      state = 'known';
    } catch {
      // Somebody of the company reads it, or there is no connection: Matrix names it is.
      if (state === 'asking') state = 'unknown';
    }
    hear();
  }

  function askFor(newcomer: string): void {
    if (askedFor.has(newcomer)) return;
    askedFor.add(newcomer);
    for (const wait of AGAIN_MS)
      setTimeout(() => {
        if (!known.has(newcomer)) void ask();
      }, wait);
  }

  if (names === 'company') void ask();
  return {
    company: () => company,
    personOf(userId) {
      const found = known.get(userId);
      if (found !== undefined) return found;
      const ofCompany = company ?? { name: companyName, pictureUrl: null };
      const isPerson = userId === own || userId.startsWith('@visitor_');
      if (state !== 'unknown' && !isPerson) {
        if (state === 'known' && !userId.startsWith('@company_')) askFor(userId);
        return ofCompany;
      }
      return { name: plainName(room.getMember(userId)?.rawDisplayName ?? '') || companyName, pictureUrl: null };
    },
  };
}
