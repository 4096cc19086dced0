import type { Database } from '../database/database.ts';

/** For whom texts are counted. */
export type CountedBy = 'number' | 'range' | 'network';

/** Whose text it is, by keyed hashes. */
export type TextOwners = Readonly<Record<CountedBy, string>>;

const COLUMN = { number: 'number_hash', range: 'range_hash', network: 'network_hash' } as const satisfies Record<CountedBy, string>;

/** Rows of `phone_code_text`: when texts went where. */
export function createPhoneCodeTextStore(database: Database) {
  const texts = () => database<{ sent_at: Date }>('phone_code_text');
  const sent = (by: CountedBy, hash: string, since: Date) =>
    texts().where(COLUMN[by], hash).where('sent_at', '>', since).orderBy('sent_at', 'desc');
  return {
    /** Held until the transaction ends, so that texts for the same number, range or network are counted one after the other. */
    async lock(owners: TextOwners): Promise<void> {
      // In one order for all, or two requests could wait for each other.
      for (const key of Object.entries(owners)
        .map(([by, hash]) => `phone_code_text ${by} ${hash}`)
        .toSorted()) {
        await database.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
      }
    },
    /** When the last texts to the number after `since` went out, the newest first, `most` of them. */
    async listOfNumber({ number }: TextOwners, since: Date, most: number): Promise<Date[]> {
      return sent('number', number, since).limit(most).pluck('sent_at');
    },
    /** When the last but so many went out, after `since`. */
    async findLast(by: CountedBy, owners: TextOwners, since: Date, position: number): Promise<Date | undefined> {
      return (
        await sent(by, owners[by], since)
          .offset(position - 1)
          .first('sent_at')
      )?.sent_at;
    },
    async add(owners: TextOwners, at: Date): Promise<void> {
      await database('phone_code_text').insert({
        number_hash: owners.number,
        range_hash: owners.range,
        network_hash: owners.network,
        sent_at: at,
      });
    },
    async deleteBefore(at: Date): Promise<void> {
      await texts().where('sent_at', '<=', at).delete();
    },
  };
}
