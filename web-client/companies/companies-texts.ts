import { german } from './companies-texts-de.ts';
import { english, type CompaniesTexts } from './companies-texts-en.ts';

/** Texts of the directory in the language of the page; English where there is none. */
export const companiesTexts = (locale: string): CompaniesTexts => (/^de\b/i.test(locale) ? german : english);
