import type { FormMessages } from './messages.ts';

/** German, formal. */
export const messages: FormMessages = {
  label: 'Ihre Nachricht an uns',
  hint: 'Die Antwort erscheint auf dieser Seite im Chat. Sie brauchen kein Konto und keine Adresse.',
  send: 'Nachricht senden',
  empty: 'Bitte schreiben Sie zuerst eine Nachricht.',
  sent: 'Ihre Nachricht ist angekommen.',
  sentHint: 'Die Antwort kommt hier auf der Seite im Chat, auch wenn Sie später mit diesem Browser wiederkommen.',
  noStorage:
    'Dieser Browser erlaubt kein Speichern; die Antwort fände Sie hier nicht wieder. Ihr Text ist noch da. Bitte schreiben Sie im Chat.',
  openChat: 'Chat öffnen',
  another: 'Noch eine Nachricht',
  unreachable: 'Wir sind gerade nicht zu erreichen. Ihr Text ist noch da. Bitte versuchen Sie es gleich wieder.',
  busy: 'Es kommen gerade sehr viele Nachrichten an. Ihr Text ist noch da. Bitte versuchen Sie es in einer Minute wieder.',
  refused: 'Die Nachricht wurde nicht angenommen. Ihr Text ist noch da. Bitte laden Sie die Seite neu und versuchen Sie es wieder.',
};
