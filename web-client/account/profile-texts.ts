import { german } from './profile-texts-de.ts';
import { english, type ProfileTexts } from './profile-texts-en.ts';

/** Texts about the profile in the language of the page; English where there is none. */
export const profileTexts = (locale: string): ProfileTexts => (/^de\b/i.test(locale) ? german : english);
