import { german } from './conversation-texts-de.ts';
import { english, type ConversationTexts } from './conversation-texts-en.ts';

/** Texts of the conversations in the language of the page; English where there is none. */
export const conversationTexts = (locale: string): ConversationTexts => (/^de\b/i.test(locale) ? german : english);
