import { german } from './manage-texts-de.ts';
import { english, type ManageTexts } from './manage-texts-en.ts';

/** Texts of the administration in the language of the page; English where there is none. */
export const manageTexts = (locale: string): ManageTexts => (/^de\b/i.test(locale) ? german : english);
