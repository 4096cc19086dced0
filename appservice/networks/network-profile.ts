import { z } from 'zod';
import { NetworkFailure, type NetworkProfile } from './network.ts';

/** Longest name that an account takes. */
const NAME_LENGTH = 80;

const EMAIL_LENGTH = 254;

/** A name as people write it: no control characters or directions of text, no row of spaces, not longer than an account takes. */
function cleanName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const short = Array.from(text).slice(0, NAME_LENGTH).join('').trim();
  return short === '' ? undefined : short;
}

function cleanEmail(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > EMAIL_LENGTH) return undefined;
  return z.email().safeParse(value.trim()).data;
}

/** Printable ASCII without spaces: what OpenID Connect Core 1.0 §2 allows a subject to be. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

/** What a network told, as it may be used; throws `NetworkFailure` where not even the subject is one. */
export function cleanProfile(told: { subject: unknown; firstName: unknown; lastName: unknown; email: unknown }): NetworkProfile {
  const { subject } = told;
  if (typeof subject !== 'string' || !SUBJECT.test(subject)) throw new NetworkFailure('garbage', 'subject');
  const [firstName, lastName, email] = [cleanName(told.firstName), cleanName(told.lastName), cleanEmail(told.email)];
  return {
    subject,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(email === undefined ? {} : { email }),
  };
}
