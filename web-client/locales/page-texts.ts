import { german } from './page-texts-de.ts';
import { english, type PageTexts } from './page-texts-en.ts';

/** Texts of the pages that the server makes, in the language asked for; English where there is none. */
export const pageTexts = (locale: string): PageTexts => (/^de\b/i.test(locale) ? german : english);
