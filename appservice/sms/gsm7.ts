/** GSM 03.38 (3GPP TS 23.038, 6.2.1): characters that take one septet. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** Its extension: characters that take two. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Septets of one message (3GPP TS 23.040): 140 octets. */
export const ONE_MESSAGE = 160;

/** Septets that a text takes; undefined where it holds a character that GSM-7 has not, which would double the price. */
export function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (!BASIC.has(character) && !EXTENDED.has(character)) return undefined;
    septets += EXTENDED.has(character) ? 2 : 1;
  }
  return septets;
}

/** Whether a text goes out as one message. */
export function isOneMessage(text: string): boolean {
  const septets = septetsOf(text);
  return septets !== undefined && septets > 0 && septets <= ONE_MESSAGE;
}
