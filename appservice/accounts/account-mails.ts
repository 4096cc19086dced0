/** Mails to the owner of an account. */
export type AccountMail =
  | 'proveEmail'
  | 'recover'
  | 'passwordChanged'
  | 'numberChanged'
  | 'emailChanged'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'restricted'
  | 'unused'
  | 'unusedSoon';

type Words = { readonly subject: string; readonly text: string };

const GERMAN: Record<AccountMail, Words> = {
  proveEmail: {
    subject: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    text: 'Mit diesem Link bestätigen Sie, dass diese Adresse Ihnen gehört. Er gilt 24 Stunden und nur einmal.\n\n{link}\n\nHaben Sie das nicht gewünscht, müssen Sie nichts tun.',
  },
  recover: {
    subject: 'Neues Kennwort für Ihr Konto',
    text: 'Mit diesem Link setzen Sie ein neues Kennwort. Er gilt 20 Minuten und nur einmal.\n\n{link}\n\nHaben Sie das nicht gewünscht, müssen Sie nichts tun.',
  },
  passwordChanged: {
    subject: 'Ihr Kennwort wurde geändert',
    text: 'Das Kennwort Ihres Kontos wurde geändert. Waren Sie das nicht, setzen Sie bitte sofort ein neues:\n\n{link}',
  },
  numberChanged: {
    subject: 'Ihre Mobilnummer wurde geändert',
    text: 'Die Mobilnummer Ihres Kontos wurde geändert. Waren Sie das nicht, sehen Sie bitte sofort nach:\n\n{link}',
  },
  emailChanged: {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    text: 'Die E-Mail-Adresse Ihres Kontos wurde geändert; diese gilt nicht mehr. Waren Sie das nicht, sehen Sie bitte sofort nach:\n\n{link}',
  },
  passkeyAdded: {
    subject: 'Ein Passkey kam zu Ihrem Konto hinzu',
    text: 'Zu Ihrem Konto kam ein Passkey hinzu, mit dem man sich anmelden kann. Waren Sie das nicht, sehen Sie bitte sofort nach:\n\n{link}',
  },
  passkeyRemoved: {
    subject: 'Ein Passkey Ihres Kontos wurde entfernt',
    text: 'Ein Passkey Ihres Kontos wurde entfernt. Waren Sie das nicht, sehen Sie bitte sofort nach:\n\n{link}',
  },
  restricted: {
    subject: 'Ihr Konto wird in 7 Tagen geschlossen',
    text: 'Die Mobilnummer Ihres Kontos gehört jetzt jemand anderem. Ihr Konto wird in 7 Tagen geschlossen, wenn Sie keine neue Nummer eintragen:\n\n{link}',
  },
  unused: {
    subject: 'Ihr Konto wird in 30 Tagen geschlossen',
    text: 'Ihr Konto wurde lange nicht benutzt. Es wird in 30 Tagen geschlossen. Möchten Sie es behalten, melden Sie sich bitte vorher an:\n\n{link}',
  },
  unusedSoon: {
    subject: 'Ihr Konto wird in 7 Tagen geschlossen',
    text: 'Ihr Konto wurde noch immer nicht benutzt. Es wird in 7 Tagen geschlossen. Möchten Sie es behalten, melden Sie sich bitte vorher an:\n\n{link}',
  },
};

const ENGLISH: Record<AccountMail, Words> = {
  proveEmail: {
    subject: 'Please confirm your e-mail address',
    text: 'This link confirms that the address is yours. It is valid for 24 hours and once only.\n\n{link}\n\nIf you did not ask for this, there is nothing to do.',
  },
  recover: {
    subject: 'A new password for your account',
    text: 'This link lets you set a new password. It is valid for 20 minutes and once only.\n\n{link}\n\nIf you did not ask for this, there is nothing to do.',
  },
  passwordChanged: {
    subject: 'Your password was changed',
    text: 'The password of your account was changed. If this was not you, please set a new one at once:\n\n{link}',
  },
  numberChanged: {
    subject: 'Your mobile number was changed',
    text: 'The mobile number of your account was changed. If this was not you, please look at once:\n\n{link}',
  },
  emailChanged: {
    subject: 'Your e-mail address was changed',
    text: 'The e-mail address of your account was changed; this one is no longer in use. If this was not you, please look at once:\n\n{link}',
  },
  passkeyAdded: {
    subject: 'A passkey was added to your account',
    text: 'A passkey was added to your account, with which it can be signed in to. If this was not you, please look at once:\n\n{link}',
  },
  passkeyRemoved: {
    subject: 'A passkey of your account was removed',
    text: 'A passkey of your account was removed. If this was not you, please look at once:\n\n{link}',
  },
  restricted: {
    subject: 'Your account will be closed in 7 days',
    text: 'The mobile number of your account belongs to somebody else now. Your account will be closed in 7 days unless you add a new number:\n\n{link}',
  },
  unused: {
    subject: 'Your account will be closed in 30 days',
    text: 'Your account was not used for a long time. It will be closed in 30 days. To keep it, please sign in before then:\n\n{link}',
  },
  unusedSoon: {
    subject: 'Your account will be closed in 7 days',
    text: 'Your account was still not used. It will be closed in 7 days. To keep it, please sign in before then:\n\n{link}',
  },
};

/** The words of a mail in the person's language; nothing in it but the link comes from elsewhere. */
export function accountMail(mail: AccountMail, locale: string, link: string): Words {
  const { subject, text } = (/^de\b/i.test(locale) ? GERMAN : ENGLISH)[mail];
  return { subject, text: text.replace('{link}', link) };
}
