import { z } from 'zod';

/** Most characters of a name. */
const NAME_LENGTH = 80;

/**
 * A name as people enter it: in one line, with something to read in it. Control characters and marks of direction would break lines
 * and turn words round wherever the name stands.
 */
export const personName = z
  .string()
  .trim()
  .min(1, 'must be a name')
  .max(NAME_LENGTH, `must have at most ${NAME_LENGTH} characters`)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u, 'must be a name in one line')
  .regex(/[\p{L}\p{N}]/u, 'must have a letter or a digit');
