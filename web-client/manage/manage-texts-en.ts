import { frameEnglish, type FrameTexts } from './frame-texts-en.ts';
import { setupEnglish, type SetupTexts } from './setup-texts-en.ts';
import { trustEnglish, type TrustTexts } from './trust-texts-en.ts';

/** Texts of the administration. */
export type ManageTexts = FrameTexts & SetupTexts & TrustTexts;

/** Texts of the administration, in English. */
export const english: ManageTexts = { ...frameEnglish, ...setupEnglish, ...trustEnglish };
