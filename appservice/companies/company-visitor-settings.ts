import { z } from 'zod';
import { line } from './setting-text.ts';

/** A text in the languages the service speaks; one of them is enough. */
const localized = (max: number) =>
  z.partialRecord(z.enum(['de', 'en']), line(max)).refine((texts) => Object.keys(texts).length > 0, 'must have at least one language');

const fieldKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be 1 to 40 small letters, digits and _, a letter first');

/** Quantifiers of a pattern that can match long stretches; a few of them over 200 characters take no time, many would. */
const MAX_LONG_QUANTIFIERS = 3;

/** Whether a pattern is one that no input can keep a processor busy with: no groups, no references, few repetitions. */
function isHarmless(pattern: string): boolean {
  const plain = pattern.replaceAll(/\\[^\d]/g, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  return !/[()\\]/.test(plain) && (plain.match(/[*+{]/g) ?? []).length <= MAX_LONG_QUANTIFIERS && (plain.match(/\?/g) ?? []).length <= 8;
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'v').source.length > 0;
  } catch {
    return false;
  }
}

const pattern = z
  .string()
  .min(1)
  .max(100)
  .refine(isPattern, 'must be a regular expression of JavaScript (flag v)')
  .refine(isHarmless, 'must have no groups, no references and at most three of * + {}');

const contactField = z
  .strictObject({
    key: fieldKey.describe('Name of the field for programs.'),
    type: z.enum(['text', 'email', 'tel', 'select', 'checkbox']).describe('What can be entered; the value of a checkbox is yes or no.'),
    required: z.boolean().default(false).describe('Whether a conversation cannot begin without it.'),
    label: localized(80).describe('What is asked, by language.'),
    purpose: localized(300).describe('What it is asked for, by language; stands beside the field (GDPR article 13).'),
    options: z
      .array(z.strictObject({ value: line(80), label: localized(80) }))
      .min(1)
      .max(50)
      .optional()
      .describe('What can be chosen; for select only.'),
    maxLength: z.int().min(1).max(1_000).optional().describe('Most characters of a text; 200 where nothing is said.'),
    pattern: pattern.optional().describe('Form that a whole text must have; for text only.'),
  })
  .refine(({ type, options }) => (type === 'select') === (options !== undefined), {
    path: ['options'],
    error: 'must be given for select, and for nothing else',
  })
  .refine(({ type, maxLength }) => type === 'text' || maxLength === undefined, { path: ['maxLength'], error: 'is for text only' })
  .refine(({ type, pattern: form, maxLength = 200 }) => form === undefined || (type === 'text' && maxLength <= 200), {
    path: ['pattern'],
    error: 'is for text of at most 200 characters',
  });

/** A field that a company asks for. */
export type ContactFieldSetting = z.output<typeof contactField>;

/** See `CompanySettings`. */
export const preChat = z
  .array(contactField)
  .max(20)
  .refine((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, 'must not name a key twice')
  .describe('What is asked before a conversation begins, each with its purpose.');

/** See `CompanySettings`. */
export const identity = z
  .strictObject({
    required: z.boolean().describe('Whether only people can write whom the website has identified.'),
    maxAgeHours: z
      .number()
      .positive()
      .max(8_760)
      .default(24)
      .describe('Hours after which a website must identify its user again, where identity is required.'),
  })
  .describe("Signed identity of the company's own users.");
