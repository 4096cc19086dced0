import { z } from 'zod';
import { personName } from '../person-name.ts';

/** Languages in which the pages of an account exist (BCP 47). */
export const PROFILE_LOCALES = ['de', 'en'] as const;

/** What somebody tells about themselves, as they change it: all of it at once. */
export const profileChangeSchema = z.strictObject({
  firstName: personName.describe('Shown to companies where there is no alias.'),
  lastName: personName.describe('Shown to nobody until the person releases it.'),
  alias: personName.nullable().describe('Name that companies see in place of the first name; null: the first name.'),
  locale: z.enum(PROFILE_LOCALES).describe('Language of pages, texts and mails.'),
});

/** Somebody's profile, as they read it themselves. */
export const profileSchema = z
  .object({
    firstName: z.string(),
    lastName: z.string(),
    alias: z.string().nullable(),
    locale: z.enum(PROFILE_LOCALES).describe('Language of pages, texts and mails.'),
    displayName: z.string().describe('What companies see.'),
    picture: z.string().nullable().describe('Path of the picture; another one after each change.'),
  })
  .meta({ id: 'Profile' });

/** See `profileSchema`. */
export type ProfileView = z.output<typeof profileSchema>;

/** See `profileChangeSchema`. */
export type ProfileChange = z.output<typeof profileChangeSchema>;
