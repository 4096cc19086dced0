import { ApiError } from '../errors.ts';
import { isObvious } from './obvious-password.ts';

/** Fewest characters of a password that stands alone (NIST SP 800-63B-4, 3.1.1.2). */
const SHORTEST = 15;

/** Most; enough for any sentence. */
const LONGEST = 256;

/** What a password is judged by, beside itself. */
export type PasswordSurroundings = {
  /** Names, number, mail address and alias of the person, and the name of the service. */
  readonly own: readonly string[];
  /** Where the password stood, named by the error. */
  readonly field?: string;
};

/**
 * Takes a password or throws M_INVALID_PARAM that names the field and what is allowed: length, and not obvious. Which kinds of
 * characters it has is nobody's business. No service is asked; nothing leaves the process.
 */
export function acceptPassword(password: string, { own, field = 'body.password' }: PasswordSurroundings): void {
  const refuse = (sentence: string): ApiError => new ApiError('M_INVALID_PARAM', `${field} ${sentence}`, { field });
  // Half a character would be stored as the same sign as any other half.
  if (!password.isWellFormed()) throw refuse('must be text.');
  // Before anything is made of it: one sign can become eighteen.
  if (password.length > 4 * LONGEST) throw refuse(`must have at most ${LONGEST} characters.`);
  const normal = password.normalize('NFKC');
  const length = Array.from(normal).length;
  if (length < SHORTEST) throw refuse(`must have ${SHORTEST} characters or more; a few words are easier to remember than signs.`);
  if (length > LONGEST) throw refuse(`must have at most ${LONGEST} characters.`);
  if (isObvious(normal)) {
    throw refuse(
      'is easy to guess: it must be more than common words, dates, rows of keys and repetitions. Take a few words that do not go together.',
    );
  }
  if (isObvious(normal, own)) throw refuse('is easy to guess: it must be more than your own names, number and addresses.');
}
