import type { PreChatField } from '../../../appservice/contact-fields/contact-field-wire.ts';

/** What is wrong with a value. */
export type FieldProblem = 'fieldRequired' | 'agreementRequired' | 'emailWrong' | 'phoneWrong';

// Good enough to catch a slip; whether an address is real only a message to it can tell.
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;
const PHONE = /^\+?[\d\s()/.-]{5,30}$/;

/** What is wrong with the value of a field; undefined where nothing is. */
export function checkField({ kind, required, options = [] }: PreChatField, value: string): FieldProblem | undefined {
  const words = value.trim();
  if (!words) return required ? (kind === 'agreement' ? 'agreementRequired' : 'fieldRequired') : undefined;
  if (kind === 'email' && !EMAIL.test(words)) return 'emailWrong';
  if (kind === 'phone' && (!PHONE.test(words) || words.replace(/\D/g, '').length < 5)) return 'phoneWrong';
  if (kind === 'choice' && !options.some((option) => option.value === words)) return 'fieldRequired';
  return undefined;
}
