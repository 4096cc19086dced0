import { z } from 'zod';

/** Something the company asks before the first message, as the panel shows it. */
export type PreChatField = {
  /** Name of the field in `fields` of the first event: small letters, digits, `_`. */
  readonly key: string;
  /** What is asked, in the language of the page. */
  readonly label: string;
  /** What it is asked for, in the language of the page; stands beside the field. */
  readonly purpose: string;
  /** What can be entered; `agreement` is a box to tick, its value `yes`. */
  readonly kind: 'text' | 'email' | 'phone' | 'choice' | 'agreement';
  /** Whether nothing can be written without it. */
  readonly required: boolean;
  /** Most characters of a text. */
  readonly maxLength?: number;
  /** Form that a whole text must have: a regular expression (flag v). */
  readonly pattern?: string;
  /** What can be chosen, for `choice`. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
};

/** A value that a person gave. */
export const givenField = z.object({
  key: z.string().describe('Name of the field.'),
  label: z.string().describe('What was asked.'),
  purpose: z.string().describe('What it was asked for when it was given.'),
  value: z.string().describe('What the person gave.'),
});

/** Body of `PUT /api/v1/visitor/fields`. */
export const changeFieldsRequest = z.strictObject({
  fields: z
    .record(z.string().max(40), z.string().max(1_000))
    .describe('Values by the keys that the company defined; others stay as they are.'),
});

/** Path parameters of `DELETE /api/v1/visitor/fields/{key}`. */
export const fieldParams = z.strictObject({ key: z.string().max(40).describe('Name of the field.') });

/** Answer of `PUT /api/v1/visitor/fields`, and of the operator's look. */
export const fieldsResponse = z.object({ fields: z.array(givenField) });
