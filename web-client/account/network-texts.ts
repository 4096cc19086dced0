import { german } from './network-texts-de.ts';
import { english, type NetworkTexts } from './network-texts-en.ts';

/** Texts about networks in the language of the page; English where there is none. */
export const networkTexts = (locale: string): NetworkTexts => (/^de\b/i.test(locale) ? german : english);
