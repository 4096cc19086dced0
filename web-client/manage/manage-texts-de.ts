import { frameGerman } from './frame-texts-de.ts';
import type { ManageTexts } from './manage-texts-en.ts';
import { setupGerman } from './setup-texts-de.ts';
import { trustGerman } from './trust-texts-de.ts';

/** Texts of the administration, in German. */
export const german: ManageTexts = { ...frameGerman, ...setupGerman, ...trustGerman };
