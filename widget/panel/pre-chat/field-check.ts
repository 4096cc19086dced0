import type { PreChatField } from '../../../appservice/contact-fields/contact-field-wire.ts';

/** What is wrong with a value. */
export type FieldProblem = 'fieldRequired' | 'agreementRequired' | 'emailWrong' | 'phoneWrong' | 'formWrong';

// As the server has them: what it would refuse later could not be put right then.
const EMAIL = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i;
const PHONE = /^\+?(?:[ ()./-]*\d){5,20}$/;
const UNCLEAN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A value as it is sent: without what surrounds it, and without marks that nobody sees and the server refuses. */
export const cleanValue = (value: string): string => value.replace(UNCLEAN, '').trim();

function hasForm(value: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'v').test(value);
  } catch {
    // An older browser has other regular expressions; the server has the last word.
    return true;
  }
}

function problemOf({ kind, maxLength = 200, pattern, options = [] }: PreChatField, value: string): FieldProblem | undefined {
  switch (kind) {
    case 'email':
      return EMAIL.test(value) && value.length <= 254 ? undefined : 'emailWrong';
    case 'phone':
      return PHONE.test(value) ? undefined : 'phoneWrong';
    case 'choice':
      return options.some((option) => option.value === value) ? undefined : 'fieldRequired';
    case 'text':
      return value.length <= maxLength && (pattern === undefined || hasForm(value, pattern)) ? undefined : 'formWrong';
    case 'agreement':
      return value === 'yes' || value === 'no' ? undefined : 'agreementRequired';
  }
}

/** What is wrong with the value of a field; undefined where nothing is. */
export function checkField(field: PreChatField, value: string): FieldProblem | undefined {
  const { kind, required } = field;
  const words = cleanValue(value);
  if (kind === 'agreement' && required) return words === 'yes' ? undefined : 'agreementRequired';
  if (!words) return required ? 'fieldRequired' : undefined;
  return problemOf(field, words);
}
