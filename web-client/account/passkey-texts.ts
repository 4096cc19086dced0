import { german } from './passkey-texts-de.ts';
import { english, type PasskeyTexts } from './passkey-texts-en.ts';

/** Texts about passkeys in the language of the page; English where there is none. */
export const passkeyTexts = (locale: string): PasskeyTexts => (/^de\b/i.test(locale) ? german : english);
