import { isOneMessage } from './gsm7.ts';

/** Languages of texts. */
export type TextLocale = 'de' | 'en';

/** What the owner of an account is told of by text. */
export type TextNotice =
  'passwordChanged' | 'numberChanged' | 'emailChanged' | 'passkeyAdded' | 'passkeyRemoved' | 'restricted' | 'unused' | 'unusedSoon';

/** Texts to people: no names, no links, nothing that came from a request, so that nobody can send words of theirs through us. */
export type PersonTexts = {
  /** A code, with the line that lets a browser offer it on our own pages only (https://wicg.github.io/sms-one-time-codes/). */
  code(code: string, locale: TextLocale): string;
  /** The same for a number that has an account: it says so. */
  signInCode(code: string, locale: TextLocale): string;
  /** For somebody who wants a new password for a number that opens no account: in place of a code. */
  unknownNumber(locale: TextLocale): string;
  /** What happened to somebody's account. */
  notice(notice: TextNotice, locale: TextLocale): string;
  /** For somebody who registers a number that has an account: in place of a code. */
  knownNumber(locale: TextLocale): string;
};

const CODE: Record<TextLocale, (code: string) => string> = {
  de: (code) => `${code} ist Ihr Code. Er gilt 10 Minuten. Geben Sie ihn niemandem weiter.`,
  en: (code) => `${code} is your code. It is valid for 10 minutes. Do not share it with anyone.`,
};

const SIGN_IN_CODE: Record<TextLocale, (code: string) => string> = {
  de: (code) => `${code} ist der Code für Ihr Konto. Er gilt 10 Minuten. Geben Sie ihn niemandem weiter.`,
  en: (code) => `${code} is the code for your account. It is valid for 10 minutes. Do not share it with anyone.`,
};

const UNKNOWN_NUMBER: Record<TextLocale, string> = {
  de: 'Diese Nummer allein öffnet kein Konto. Wenn Sie kein neues Kennwort wollten, müssen Sie nichts tun.',
  en: 'This number alone opens no account. If you did not ask for a new password, there is nothing to do.',
};

const NOTICES: Record<TextNotice, Record<TextLocale, string>> = {
  passwordChanged: {
    de: 'Das Kennwort Ihres Kontos wurde geändert. Waren Sie das nicht, setzen Sie bitte sofort ein neues.',
    en: 'The password of your account was changed. If this was not you, please set a new one at once.',
  },
  numberChanged: {
    de: 'Die Mobilnummer Ihres Kontos wurde geändert. Waren Sie das nicht, melden Sie sich bitte sofort bei uns.',
    en: 'The mobile number of your account was changed. If this was not you, please contact us at once.',
  },
  emailChanged: {
    de: 'Die E-Mail-Adresse Ihres Kontos wurde geändert. Waren Sie das nicht, sehen Sie bitte sofort nach.',
    en: 'The e-mail address of your account was changed. If this was not you, please look at once.',
  },
  passkeyAdded: {
    de: 'Zu Ihrem Konto kam ein Passkey hinzu. Waren Sie das nicht, sehen Sie bitte sofort nach.',
    en: 'A passkey was added to your account. If this was not you, please look at once.',
  },
  passkeyRemoved: {
    de: 'Ein Passkey Ihres Kontos wurde entfernt. Waren Sie das nicht, sehen Sie bitte sofort nach.',
    en: 'A passkey of your account was removed. If this was not you, please look at once.',
  },
  restricted: {
    de: 'Ihr Konto wird in 7 Tagen geschlossen, wenn Sie keine neue Mobilnummer eintragen.',
    en: 'Your account will be closed in 7 days unless you add a new mobile number.',
  },
  unused: {
    de: 'Ihr Konto wurde lange nicht benutzt und wird in 30 Tagen geschlossen. Melden Sie sich an, wenn Sie es behalten möchten.',
    en: 'Your account was not used for long and will be closed in 30 days. Please sign in if you want to keep it.',
  },
  unusedSoon: {
    de: 'Ihr Konto wurde lange nicht benutzt und wird in 7 Tagen geschlossen. Zum Behalten melden Sie sich bitte an.',
    en: 'Your account was not used for long and will be closed in 7 days. To keep it, please sign in.',
  },
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
    signInCode: (code, locale) => `${SIGN_IN_CODE[locale](code)}\n\n@${hostname} #${code}`,
    unknownNumber: (locale) => UNKNOWN_NUMBER[locale],
    notice: (notice, locale) => NOTICES[notice][locale],
    knownNumber: (locale) => KNOWN_NUMBER[locale],
  };
  for (const locale of ['de', 'en'] as const) {
    if (!isOneMessage(texts.signInCode(ANY_CODE, locale))) throw new Error('the host of publicOrigin is too long for one text message');
  }
  return texts;
}
