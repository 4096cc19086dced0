import { castOf } from '../api/customer-conversations.ts';
import type { MatrixClient, Room } from '../matrix/matrix-sdk.ts';
import type { Person } from './person.ts';
import { plainName } from './plain-name.ts';

/** Whose names are shown: those the company chose for customers, or those of Matrix, by which colleagues know each other. */
export type NamesOf = 'company' | 'matrix';

/** Nobody is asked for more often. */
const AGAIN_MS = 60_000;

/** Who is who in a room. */
export type People = {
  personOf(userId: string): Person;
  /** Name and picture of the company; undefined while that is not known. */
  company(): Person | undefined;
};

/**
 * Who is who in a room, as the reader may see them; `hear` is called when more is known. Until the service has said it, and of who is not
 * of the company, it is the Matrix name; of the company's people the name of the company, because theirs would be the wrong one.
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
  let askedAt = 0;

  async function ask(): Promise<void> {
    askedAt = Date.now();
    try {
      const cast = await castOf(client, room.roomId);
      known = new Map(cast.members.map(({ userId, name, pictureUrl }) => [userId, { name: plainName(name), pictureUrl }]));
      company = { name: plainName(cast.company.name), pictureUrl: cast.company.pictureUrl };
      state = 'known';
    } catch {
      // Somebody of the company reads it, or there is no connection: Matrix names it is.
      if (state === 'asking') state = 'unknown';
    }
    hear();
  }

  if (names === 'company') void ask();
  return {
    company: () => company,
    personOf(userId) {
      const found = known.get(userId);
      if (found !== undefined) return found;
      if (state === 'asking' && userId !== own) return { name: companyName, pictureUrl: null };
      // Somebody new has written since: who that is stands in the next answer.
      if (state === 'known' && userId !== own && Date.now() - askedAt > AGAIN_MS) void ask();
      const isGhost = userId.startsWith('@company_');
      if (isGhost && company !== undefined) return company;
      return { name: plainName(room.getMember(userId)?.rawDisplayName ?? '') || companyName, pictureUrl: null };
    },
  };
}
