import { german } from './thread-texts-de.ts';
import { english, type ThreadTexts } from './thread-texts-en.ts';

/** Texts of an open conversation in the language of the page; English where there is none. */
export const threadTexts = (locale: string): ThreadTexts => (/^de\b/i.test(locale) ? german : english);
