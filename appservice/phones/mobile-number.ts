import { getCountries, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { ApiError } from '../errors.ts';
import type { MobileNumber } from '../ids.ts';

/** Countries whose numbering plan is known, ISO 3166-1. */
export const PHONE_COUNTRIES: readonly CountryCode[] = getCountries();

/** Longer than any way to write a number; also bounds what the parser is given. */
const MAX_INPUT = 40;

/** Types that may receive texts; the second is what countries have whose plan does not tell mobile numbers apart, like +1. */
const MOBILE_TYPES: readonly (string | undefined)[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/** What a number must be. */
export type MobileNumberRules = {
  /** Allowed countries, ISO 3166-1, at least one; a number without a country code is one of the first. */
  readonly countries: readonly string[];
  /** Where the number stood, named by the error. */
  readonly field?: string;
};

/**
 * Reads a mobile number as people write it and gives it as E.164; throws M_INVALID_PARAM that names the field and what is allowed.
 * The error is decided by the input alone, so it tells nobody whether a number is known here.
 */
export function parseMobileNumber(input: string, { countries, field = 'body.phone' }: MobileNumberRules): MobileNumber {
  const refuse = (sentence: string): ApiError => new ApiError('M_INVALID_PARAM', `${field} ${sentence}`, { field });
  const [home = ''] = countries;
  if (!isSupportedCountry(home)) throw new Error(`no numbering plan of ${home} is known`);
  if (input.length > MAX_INPUT) throw refuse(`must be a mobile number of at most ${MAX_INPUT} characters.`);
  const number = parsePhoneNumberFromString(input, { defaultCountry: home, extract: false });
  if (number === undefined) throw refuse('must be a mobile number like +49 171 3920012.');
  if (number.ext !== undefined) throw refuse('must be a mobile number without an extension.');
  if (!number.isValid()) throw refuse('must be a whole mobile number like +49 171 3920012; digits are missing or too many.');
  // Satellite and global numbers have a code and no country.
  if (number.country === undefined || !countries.includes(number.country)) {
    throw refuse(`must be a mobile number of one of these countries: ${countries.join(', ')}.`);
  }
  if (!MOBILE_TYPES.includes(number.getType())) throw refuse('must be a mobile number; landlines and service numbers get no texts.');
  return number.number as MobileNumber;
}
