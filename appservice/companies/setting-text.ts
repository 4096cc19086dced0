import { z } from 'zod';

/** Text that goes into Matrix names, headers and pages: no control characters and no marks that turn the writing direction around. */
const CLEAN_LINE = /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
const CLEAN_TEXT = /^(?:\n|[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069])*$/u;

const NOT_CLEAN = 'must not hold control characters or marks that change the writing direction';

/** One line of text for a name or a title, `max` characters at most. */
export function line(max: number) {
  return z.string().trim().min(1).max(max).regex(CLEAN_LINE, NOT_CLEAN);
}

/** Text of one or more lines, `max` characters at most. */
export function paragraphs(max: number) {
  return z.string().trim().min(1).max(max).regex(CLEAN_TEXT, NOT_CLEAN);
}
