import type { ProfileTexts } from './profile-texts-en.ts';

/** German texts about the profile. */
export const german: ProfileTexts = {
  link: 'Profil',
  linkHint: 'Name, Bild und Sprache',
  title: 'Profil',
  lead: 'Unternehmen, denen Sie schreiben, sehen Sie als {name}. Was Sie hier ändern, sehen sie in jedem Gespräch.',
  pictureTitle: 'Bild',
  pictureWhy:
    'Freiwillig. Daran erkennen Menschen in Unternehmen Sie wieder. Wir schneiden es quadratisch zu und entfernen Ort, Gerät und Zeit.',
  pictureChoose: 'Bild auswählen',
  pictureOther: 'Bild ersetzen',
  pictureRemove: 'Bild entfernen',
  pictureOwn: 'Ihr Bild',
  pictureSaved: 'Ihr Bild ist gespeichert. Unternehmen sehen es in wenigen Augenblicken.',
  pictureRemoved: 'Ihr Bild ist gelöscht.',
  pictureType: 'Bitte wählen Sie ein Bild als JPEG, PNG oder WebP.',
  pictureLarge: 'Dieses Bild ist zu groß. Möglich sind höchstens 10 MB.',
  detailsTitle: 'Name und Sprache',
  firstName: 'Vorname',
  firstNameHint: 'Unternehmen sehen ihn, wenn Sie keinen anderen Namen angeben.',
  lastName: 'Nachname',
  lastNameHint: 'Nur Sie sehen ihn, bis Sie ihn für ein Unternehmen freigeben.',
  alias: 'Name für Unternehmen',
  aliasHint: 'Freiwillig. Alle Unternehmen sehen dann ihn statt Ihres Vornamens.',
  language: 'Sprache',
  languageHint: 'Für diese Seiten und für unsere SMS und E-Mails an Sie.',
  save: 'Speichern',
  saved: 'Ihre Angaben sind gespeichert.',
  faultName: 'Bitte geben Sie einen Namen in einer Zeile ein, mit höchstens 80 Zeichen.',
  toAccount: 'Zu Ihrem Konto',
  howLong:
    'Alles davon bleibt so lange wie Ihr Konto. Benutzen Sie Ihr Konto lange nicht, sagen wir Ihnen 30 Tage vorher Bescheid, bevor wir es schließen.',
};
