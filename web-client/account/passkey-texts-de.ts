import type { PasskeyTexts } from './passkey-texts-en.ts';

/** German texts about passkeys, formal. */
export const german: PasskeyTexts = {
  wayLabel: 'Mit Passkey anmelden',
  signInTitle: 'Mit Passkey anmelden',
  signInLead: 'Ihr Gerät fragt nach Ihrem Gesicht, Ihrem Finger oder seiner PIN. Nichts davon gelangt zu uns.',
  signIn: 'Passkey verwenden',
  waiting: 'Ihr Gerät fragt Sie jetzt.',
  byCode: 'mit Code',
  byPassword: 'mit Kennwort',
  byNetwork: 'mit einem anderen Netzwerk',
  cancelledSignIn:
    'Sie haben abgebrochen, oder es hat zu lange gedauert. Versuchen Sie es noch einmal oder melden Sie sich anders an: {ways}.',
  notKnown:
    'Dieser Passkey gehört zu keinem Konto hier; vielleicht wurde er entfernt. Nehmen Sie einen anderen oder melden Sie sich anders an: {ways}.',
  unsupportedSignIn:
    'Dieser Browser kennt keine Passkeys. Beginnen Sie in einem anderen Browser neu oder melden Sie sich anders an: {ways}.',
  failedSignIn: 'Ihr Gerät konnte den Passkey nicht verwenden. Versuchen Sie es noch einmal oder melden Sie sich anders an: {ways}.',
  ownTitle: 'Passkeys',
  ownLead:
    'Mit einem Passkey melden Sie sich durch Gesicht, Finger oder die PIN Ihres Geräts an, ohne Code oder Kennwort. Er gilt nur auf dieser Website, deshalb kann ihn Ihnen niemand ablocken.',
  ownNone: 'Sie haben noch keinen Passkey.',
  add: 'Passkey hinzufügen',
  added: 'Der Passkey ist hinzugefügt. Sie können sich ab jetzt damit anmelden.',
  unsupported: 'Dieser Browser kennt keine Passkeys. Um einen hinzuzufügen, öffnen Sie diese Seite in einem anderen Browser.',
  cancelled: 'Sie haben abgebrochen, oder es hat zu lange gedauert. Es wurde kein Passkey hinzugefügt.',
  thereAlready: 'Dieses Gerät hat schon einen Passkey für Ihr Konto. Er steht in der Liste.',
  unfit:
    'Dieses Gerät fragt weder nach Gesicht noch nach Finger oder PIN. Richten Sie eine Bildschirmsperre ein oder nehmen Sie ein anderes Gerät.',
  failed: 'Ihr Gerät konnte keinen Passkey anlegen. Versuchen Sie es noch einmal oder nehmen Sie ein anderes Gerät.',
  most: 'Sie haben {count} Passkeys; mehr kann ein Konto nicht haben. Entfernen Sie einen, um einen anderen hinzuzufügen.',
  made: 'angelegt {when}',
  notUsed: 'noch nicht benutzt',
  remove: 'Entfernen',
  removeOf: 'Passkey entfernen: {name}, {made}',
  removeTitle: 'Diesen Passkey entfernen?',
  removeLead: 'Sie können sich dann nicht mehr damit anmelden. Ihr Gerät behält ihn, bis Sie ihn dort bei den Kennwörtern löschen.',
  removeNow: 'Passkey entfernen',
  keep: 'Behalten',
  removed: 'Der Passkey ist entfernt.',
  last: 'Dieser Passkey ist Ihr einziger Weg ins Konto. Fügen Sie zuerst einen anderen Passkey, eine Mobilnummer oder eine bestätigte E-Mail-Adresse hinzu.',
  toSecurity: 'Zu Mobilnummer und E-Mail-Adresse',
  ownLink: 'Passkeys',
  ownLinkHint: 'Mit Gesicht, Finger oder PIN anmelden',
};
