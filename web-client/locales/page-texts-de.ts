import type { PageTexts } from './page-texts-en.ts';

/** German texts of the pages that the server makes, formal. */
export const german: PageTexts = {
  language: 'de',
  skip: 'Zum Inhalt springen',
  home: 'Startseite',
  legal: 'Rechtliches',
  imprint: 'Impressum',
  privacy: 'Datenschutz',
  accessibility: 'Barrierefreiheit',
  scriptNeeded: 'Diese Seite braucht JavaScript.',
  startTitle: 'Nachrichten zwischen Menschen und Unternehmen',
  startDescription: 'Schreiben Sie Unternehmen auf ihrer Website, ohne Konto und ohne Warteschleife; die Daten bleiben in einem Land.',
  headline: 'Schreiben statt warten.',
  lead: '{brand} bringt Ihre Nachricht von der Website eines Unternehmens zu den Menschen, die helfen können, und die Antwort zurück zu Ihnen.',
  toForm: 'Schreiben Sie uns',
  toCompanies: 'Unternehmen finden',
  sampleAsk: 'Guten Tag, mein Paket gilt als zugestellt, ist aber nicht hier.',
  sampleAnswer: 'Das tut mir leid. Ich habe im Depot nachgefragt und schreibe Ihnen heute noch hier.',
  sampleThanks: 'Danke, mehr wollte ich nicht wissen.',
  sampleName: 'Lena, Kundendienst',
  whyTitle: 'Worauf Sie sich verlassen können',
  whyAccountTitle: 'Ohne Konto',
  whyAccount: 'Chat öffnen, schreiben, Antwort lesen. Vor Ihrer ersten Nachricht speichert Ihr Browser nichts.',
  whyPlaceTitle: 'Daten an einem Ort',
  whyPlace: 'Nachrichten liegen auf Servern in {place}. Keine unserer Seiten lädt etwas von anderen.',
  whyOpenTitle: 'Auf offenem Standard',
  whyOpen: 'Gespräche laufen über Matrix. Unternehmen antworten mit der App ihrer Wahl und können mit allem gehen, was ihnen gehört.',
  contactTitle: 'Probieren Sie es aus: Schreiben Sie uns',
  contactLead: 'Wir nutzen {brand} selbst. So erreicht man uns.',
  contactPrivacy: 'Wie wir mit Ihren Daten umgehen',
  contactScript: 'Das Formular braucht JavaScript. Andere Wege zu uns stehen im Impressum.',
  companyPrivacyTitle: 'Datenschutz bei {company}',
  ofTheService: 'Was für den Dienst {brand} gilt',
  notFoundTitle: 'Seite nicht gefunden',
  notFound: 'Unter dieser Adresse steht nichts. Vielleicht ist sie vertippt oder umgezogen.',
  unavailableTitle: 'Im Moment nicht erreichbar',
  unavailable:
    'Ein Teil unseres Dienstes antwortet gerade nicht. Was schon gesendet war, ist sicher; was Sie eben tun wollten, ist noch nicht geschehen. Bitte versuchen Sie es in einer Minute noch einmal.',
  failedTitle: 'Das hat bei uns nicht geklappt',
  failed:
    'Der Fehler liegt bei uns und ist vermerkt. Was vorher da war, ist noch da. Bitte versuchen Sie es noch einmal; bleibt es dabei, nennen Sie uns die Nummer unten.',
  tooManyTitle: 'Gerade sind es zu viele Anfragen',
  tooMany:
    'In kurzer Zeit kamen sehr viele, von Ihnen, aus Ihrem Netz oder insgesamt. Ihre letzte wurde nicht ausgeführt, verloren ist nichts. Bitte warten Sie einen Moment und laden Sie die Seite dann neu.',
  crossSiteTitle: 'Das kam von einer anderen Website',
  crossSite:
    'Dieses Formular hat eine andere Website geschickt, keine Seite von uns. Wir haben es nicht ausgeführt, und bei Ihnen hat sich nichts geändert. Wollten Sie das selbst, beginnen Sie bitte auf unserer Seite.',
  unusableTitle: 'Damit können wir nichts anfangen',
  unusable:
    'Die Adresse ist unvollständig, oder das Formular kam nicht ganz an. Geändert wurde nichts. Bitte gehen Sie zurück und versuchen Sie es noch einmal.',
  requestId: 'Nummer dieser Anfrage: {id}',
  accountTitle: 'Ihr Konto',
  signInEndedTitle: 'Diese Anmeldung ist beendet',
  signInEnded:
    'Sie hat zu lange gedauert, oder sie wurde in einem anderen Browser begonnen. Gehen Sie in die App zurück, aus der Sie kamen, und beginnen Sie dort neu; verloren ist nichts.',
  deletionAskedTitle: 'Ihre Löschung ist beantragt',
  deletionAsked:
    'Sie haben sie am {asked} bei dem Netzwerk beantragt, mit dem Sie sich bei {brand} angemeldet haben. Die Verbindung zum Netzwerk ist schon getrennt; das Übrige löschen wir innerhalb eines Monats.',
  deletionFinishedTitle: 'Ihre Daten sind gelöscht',
  deletionFinished: 'Sie haben es am {asked} beantragt; seit dem {finished} ist bei {brand} nichts mehr von Ihnen da.',
  deletionScope:
    'Gelöscht wird Ihr ganzes Profil: Namen, Adressen, Nummern, Sitzungen und Gespräche. Was ein Unternehmen nach dem Gesetz aufbewahren muss, ist bis dahin für alles andere gesperrt.',
  deletionUnknownTitle: 'Keine solche Löschung',
  deletionUnknown: 'Zu diesem Code gibt es keine Löschung. Bitte prüfen Sie, ob die Adresse vollständig ist.',
  deletionPrivacy: 'Wie wir mit Ihren Daten umgehen, und wen Sie fragen können',
  toHome: 'Zur Startseite',
};
