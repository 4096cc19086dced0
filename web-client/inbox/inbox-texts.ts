import { german } from './inbox-texts-de.ts';
import { english, type InboxTexts } from './inbox-texts-en.ts';

/** Texts of the inbox in the language of the page; English where there is none. */
export const inboxTexts = (locale: string): InboxTexts => (/^de\b/i.test(locale) ? german : english);
