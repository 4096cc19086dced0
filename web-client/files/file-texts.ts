import { german } from './file-texts-de.ts';
import { english, type FileTexts } from './file-texts-en.ts';

/** Texts of files in the language of the page; English where there is none. */
export const fileTexts = (locale: string): FileTexts => (/^de\b/i.test(locale) ? german : english);
