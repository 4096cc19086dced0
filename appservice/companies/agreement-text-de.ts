import type { AgreementWording } from './agreement-wording.ts';

/** The processing agreement in German. */
export const german: AgreementWording = ({
  operator,
  address,
  email,
  dataProtectionOfficer,
  dataCentre,
  country,
  certificate,
  gateways,
  company,
  countryName,
}) => ({
  title: 'Vertrag über die Auftragsverarbeitung (Art. 28 DSGVO)',
  sections: [
    {
      title: 'Parteien und Gegenstand',
      text: [
        `${company} (Verantwortlicher) lässt durch ${operator}, ${address} (Auftragsverarbeiter) seine Gespräche mit Menschen führen: über seine Website, ein Formular und die App.`,
        'Der Vertrag gilt, solange das Unternehmen den Dienst nutzt. Er geht anderen Vereinbarungen vor, wo diese zu personenbezogenen Daten etwas anderes sagen.',
      ],
    },
    {
      title: 'Weisungen',
      text: [
        'Der Auftragsverarbeiter verarbeitet personenbezogene Daten nur nach Weisung des Verantwortlichen: durch diesen Vertrag, durch dessen Einstellungen im Dienst und im Übrigen in Textform. Verlangt ein Gesetz der Union oder eines Mitgliedstaats mehr, teilt er das vorher mit, sofern das Gesetz es nicht verbietet.',
        'Hält der Auftragsverarbeiter eine Weisung für rechtswidrig, sagt er das sofort.',
      ],
    },
    {
      title: 'Vertraulichkeit und Sicherheit',
      text: [
        'Wer beim Auftragsverarbeiter Zugang zu den Daten hat, ist zur Vertraulichkeit verpflichtet.',
        'Der Auftragsverarbeiter trifft die Maßnahmen der Anlage 2 und hält sie auf dem Stand der Technik. Er darf eine Maßnahme durch eine ersetzen, die mindestens ebenso gut schützt.',
      ],
    },
    {
      title: 'Weitere Auftragsverarbeiter',
      text: [
        'Der Verantwortliche stimmt den Beteiligten der Anlage 3 zu. Neue kündigt der Auftragsverarbeiter mindestens 30 Tage vorher an; der Verantwortliche kann in dieser Zeit aus einem Grund des Datenschutzes widersprechen und die Nutzung des Dienstes beenden.',
        'Der Auftragsverarbeiter verpflichtet jeden von ihnen zu denselben Pflichten und haftet für sie wie für sich selbst.',
      ],
    },
    {
      title: 'Unterstützung',
      text: [
        'Der Auftragsverarbeiter hilft dem Verantwortlichen, Anfragen nach Auskunft, Berichtigung, Löschung, Einschränkung und Herausgabe zu erfüllen und die Artikel 32 bis 36 DSGVO einzuhalten.',
        `Er meldet eine Verletzung des Schutzes personenbezogener Daten unverzüglich nach Bekanntwerden, mit dem, was der Verantwortliche für seine eigene Meldung braucht. Kontakt: ${email}; Datenschutzbeauftragte Person: ${dataProtectionOfficer}.`,
      ],
    },
    {
      title: 'Ende, Nachweise und Kontrollen',
      text: [
        'Am Ende löscht der Auftragsverarbeiter alle personenbezogenen Daten des Verantwortlichen oder gibt sie vorher auf dessen Wunsch heraus, sofern kein Gesetz die Aufbewahrung verlangt.',
        'Der Auftragsverarbeiter gibt dem Verantwortlichen, was nötig ist, um die Einhaltung von Art. 28 nachzuweisen, und ermöglicht Prüfungen durch ihn oder von ihm Beauftragte, rechtzeitig angekündigt und ohne andere Nutzer des Dienstes zu stören.',
      ],
    },
    {
      title: 'Anlage 1: die Verarbeitung',
      text: [
        'Zweck: Gespräche zwischen dem Verantwortlichen und Menschen, die ihm schreiben.',
        'Betroffene: Besucher der Website, Kunden und Menschen, die für den Verantwortlichen arbeiten.',
        'Daten: Nachrichten und Dateien mit ihrem Inhalt, angegebene Namen und Kontaktdaten, Antworten auf Fragen vor einem Gespräch, Zeiten und Stand der Gespräche, technische Daten der Verbindung, Einstellungen und ein Protokoll der Änderungen.',
        'Dauer: wie der Verantwortliche sie im Dienst innerhalb der Grenzen des Auftragsverarbeiters festlegt.',
      ],
    },
    {
      title: 'Anlage 2: technische und organisatorische Maßnahmen',
      text: [
        `Ort: Alle Daten liegen in ${countryName(country)}, Rechenzentrum ${dataCentre}, ${certificate}.`,
        'Trennung: Jedes Gespräch ist ein eigener Raum; nur Mitglieder des Verantwortlichen kommen hinein, und wer entfernt wird, verliert den Zugang.',
        'Zugang: Rollen für Mitarbeitende und Verwaltung, Sitzungen mit Ende, Passwörter und Zugangsmarken nur als Prüfwert, Kontaktdaten von Konten in der Datenbank verschlüsselt.',
        'Nachvollziehbarkeit: Jede Änderung durch Verwaltung oder Betreiber steht in einem Protokoll, das zwölf Monate lang nicht verändert werden kann.',
        'Sparsamkeit: Protokolle des Betriebs enthalten Kennungen, Zahlen, Codes und Zeiten, nie Nachrichten, Namen, Nummern oder vollständige Adressen.',
        'Löschung: Nachrichten gehen nach den festgelegten Fristen; einzelne Gespräche können auf Wunsch gelöscht werden.',
      ],
    },
    {
      title: 'Anlage 3: weitere Beteiligte',
      text: [
        `${dataCentre}, ${countryName(country)}: Betrieb der Server.`,
        ...gateways.map(
          (gateway) =>
            `${gateway.operator}, ${countryName(gateway.country)}: Versand von Kurznachrichten mit Codes und Links; nie Nachrichten aus Gesprächen.`,
        ),
      ],
    },
  ],
});
