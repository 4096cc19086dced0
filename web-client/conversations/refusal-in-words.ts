import type { ConversationTexts } from './conversation-texts-en.ts';

const REFUSALS: Readonly<Record<string, keyof ConversationTexts>> = {
  M_FORBIDDEN: 'refusedForbidden',
  M_NOT_FOUND: 'refusedForbidden',
  M_TOO_LARGE: 'refusedTooLarge',
  COM_SMOOPE_UNCERTAIN: 'refusedUncertain',
};

/** Why a message was not sent, by the code that the homeserver answered. */
export const refusalInWords = (code: string | undefined, text: ConversationTexts): string => text[REFUSALS[code ?? ''] ?? 'notSent'];
