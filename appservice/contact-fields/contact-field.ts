import { z } from 'zod';
import type { ContactFieldSetting } from '../companies/company-visitor-settings.ts';
import { ApiError } from '../errors.ts';

/** Values by key, as a browser sends them. */
export type GivenFields = Readonly<Record<string, string>>;

/** Languages in which companies write. */
export type FieldLocale = 'de' | 'en';

const DEFAULT_LENGTH = 200;

/** Characters that would reach terminals, names and lists of agents in disguise. */
const UNCLEAN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** The company's language for a person: theirs where it is spoken here, else English. */
export function fieldLocale(locale: string): FieldLocale {
  return locale.startsWith('de') ? 'de' : 'en';
}

/** A text in a language, or in the one that the company has. */
export function textIn(texts: Readonly<Partial<Record<FieldLocale, string>>>, locale: FieldLocale): string {
  return texts[locale] ?? texts.de ?? texts.en ?? '';
}

function refuse(key: string, sentence: string): never {
  const field = `body.fields.${key}`;
  throw new ApiError('M_INVALID_PARAM', `${field}: ${sentence}`, { field });
}

/** What is wrong with a value; undefined for one that fits. */
function faultOf({ type, options = [], maxLength = DEFAULT_LENGTH, pattern }: ContactFieldSetting, value: string): string | undefined {
  switch (type) {
    case 'text':
      if (value.length > maxLength) return `must have at most ${maxLength} characters`;
      if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'v').test(value)) return 'has not the form that the company asks for';
      return undefined;
    case 'email':
      return z.email().max(254).safeParse(value).success ? undefined : 'must be a mail address like name@example.org';
    case 'tel':
      return /^\+?(?:[ ()./-]*\d){5,20}$/.test(value) ? undefined : 'must be a telephone number like +49 30 1234567';
    case 'select':
      return options.some((option) => option.value === value)
        ? undefined
        : `must be one of ${options.map((option) => JSON.stringify(option.value)).join(', ')}`;
    case 'checkbox':
      return value === 'yes' || value === 'no' ? undefined : 'must be yes or no';
  }
}

/**
 * Checks values against what the company asks for; throws `ApiError` that names the first bad field and what is allowed there,
 * never the value. Values come out trimmed.
 */
export function checkFields(settings: readonly ContactFieldSetting[], given: GivenFields): GivenFields {
  return Object.fromEntries(
    Object.entries(given).map(([key, raw]) => {
      const setting = settings.find((one) => one.key === key);
      if (setting === undefined) {
        // The key is somebody's input: it is repeated only where it looks like one of ours.
        const named = /^\w{1,40}$/.test(key) ? key : '?';
        return refuse(named, `is not asked for; allowed: ${settings.map((one) => one.key).join(', ') || 'none'}`);
      }
      const value = raw.trim();
      if (value === '') return refuse(key, 'must not be empty; leave it out');
      if (UNCLEAN.test(value) || !value.isWellFormed())
        return refuse(key, 'must not hold control characters or marks that change the writing direction');
      const fault = faultOf(setting, value);
      return fault === undefined ? [key, value] : refuse(key, fault);
    }),
  );
}

/** Throws M_MISSING_PARAM for the first field that a conversation cannot begin without and that `values` lack. */
export function requireFields(settings: readonly ContactFieldSetting[], values: GivenFields): void {
  const missing = settings.find(({ key, type, required }) => required && (type === 'checkbox' ? values[key] !== 'yes' : !(key in values)));
  if (missing === undefined) return;
  const field = `body.fields.${missing.key}`;
  throw new ApiError('M_MISSING_PARAM', `${field}: the company asks for this before a conversation begins`, { field });
}
