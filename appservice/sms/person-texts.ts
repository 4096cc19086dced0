import { isOneMessage } from './gsm7.ts';

/** Languages of texts. */
export type TextLocale = 'de' | 'en';

/** Texts to people: no names, no links, nothing that came from a request, so that nobody can send words of theirs through us. */
export type PersonTexts = {
  /** A code, with the line that lets a browser offer it on our own pages only (https://wicg.github.io/sms-one-time-codes/). */
  code(code: string, locale: TextLocale): string;
  /** For somebody who registers a number that has an account: in place of a code. */
  knownNumber(locale: TextLocale): string;
};

const CODE: Record<TextLocale, (code: string) => string> = {
  de: (code) => `${code} ist Ihr Code. Er gilt 10 Minuten. Geben Sie ihn niemandem weiter.`,
  en: (code) => `${code} is your code. It is valid for 10 minutes. Do not share it with anyone.`,
};

const KNOWN_NUMBER: Record<TextLocale, string> = {
  de: 'Zu dieser Nummer gibt es schon ein Konto. Melden Sie sich damit an. Wenn Sie das nicht waren, müssen Sie nichts tun.',
  en: 'This number already has an account. Please sign in with it. If this was not you, there is nothing to do.',
};

const ANY_CODE = '000000';

/** See `PersonTexts`; throws where the host of our origin is so long that a text would cost twice. */
export function createPersonTexts({ publicOrigin }: { publicOrigin: string }): PersonTexts {
  const { hostname } = new URL(publicOrigin);
  const texts: PersonTexts = {
    // The scheme is always https and the port the usual one; last line, one space, nothing before the @.
    code: (code, locale) => `${CODE[locale](code)}\n\n@${hostname} #${code}`,
    knownNumber: (locale) => KNOWN_NUMBER[locale],
  };
  for (const locale of ['de', 'en'] as const) {
    if (!isOneMessage(texts.code(ANY_CODE, locale))) throw new Error('the host of publicOrigin is too long for one text message');
  }
  return texts;
}
