import { z } from 'zod';
import { PHONE_COUNTRIES } from './mobile-number.ts';

/** Which mobile numbers may register, and how many texts go out for whom. */
export const phoneSettings = z.strictObject({
  countries: z
    .array(
      z.string().refine((value) => PHONE_COUNTRIES.some((country) => country === value), 'must be a country code of ISO 3166-1 like DE'),
    )
    .min(1)
    .describe('Countries whose mobile numbers may register (ISO 3166-1); a number without country code is one of the first.'),
  textsPerNetworkAndHour: z
    .int()
    .min(1)
    .max(1_000_000)
    .describe('Codes that people of one network (/24, IPv6 /48) may ask for in an hour; a whole mobile carrier may stand behind one.'),
  textsPerNetworkAndDay: z.int().min(1).max(1_000_000).describe('Codes that people of one network may ask for within 24 hours.'),
  reproveDays: z
    .int()
    .min(1)
    .max(3650)
    .describe('Days after its last proof for which a number alone opens its account; numbers that nobody uses get new owners.'),
});
