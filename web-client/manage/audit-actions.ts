/** What stands in the audit log of a company, in German and English. */
const ACTIONS: Readonly<Record<string, readonly [string, string]>> = {
  'company.create': ['Unternehmen angelegt', 'Company made'],
  'company.list': ['Liste der Unternehmen gelesen', 'Companies listed'],
  'company.show': ['Einstellungen gelesen', 'Settings read'],
  'company.rename': ['Name geändert', 'Name changed'],
  'company.set': ['Einstellungen geändert', 'Settings changed'],
  'company.logo': ['Logo geändert', 'Logo changed'],
  'company.agreement.accept': ['Vertrag zur Auftragsverarbeitung angenommen', 'Processing agreement accepted'],
  'company.suspend': ['Unternehmen gesperrt', 'Company suspended'],
  'company.resume': ['Sperre aufgehoben', 'Suspension ended'],
  'company.close': ['Unternehmen geschlossen', 'Company closed'],
  'company.repair': ['Räume geprüft und berichtigt', 'Rooms checked and put right'],
  'member.list': ['Mitarbeitende gelesen', 'Members listed'],
  'member.add': ['Mitglied hinzugefügt oder geändert', 'Member added or changed'],
  'member.remove': ['Mitglied entfernt', 'Member removed'],
  'member.leave': ['Hat das Unternehmen verlassen', 'Left the company'],
  'member.join': ['Einladung angenommen', 'Invitation accepted'],
  'member.picture': ['Bild eines Mitglieds geändert', "Member's picture changed"],
  'invitation.send': ['Einladung gesendet', 'Invitation sent'],
  'invitation.revoke': ['Einladung zurückgenommen', 'Invitation taken back'],
  'service-account.list': ['Dienstkonten gelesen', 'Service accounts listed'],
  'service-account.issue': ['Dienstkonto angelegt', 'Service account made'],
  'service-account.revoke': ['Dienstkonto beendet', 'Service account ended'],
  'department.list': ['Abteilungen gelesen', 'Departments listed'],
  'department.create': ['Abteilung angelegt', 'Department made'],
  'department.rename': ['Abteilung umbenannt', 'Department renamed'],
  'department.archive': ['Abteilung aufgelöst', 'Department closed'],
  'department.retention': ['Frist einer Abteilung geändert', 'Retention of a department changed'],
  'department.member.add': ['Mitglied in eine Abteilung aufgenommen', 'Member added to a department'],
  'department.member.remove': ['Mitglied aus einer Abteilung entfernt', 'Member removed from a department'],
  'department.member.leave': ['Hat eine Abteilung verlassen', 'Left a department'],
  'conversation.retention': ['Frist einer Unterhaltung geändert', 'Retention of a conversation changed'],
  'retention.show': ['Fristen gelesen', 'Retention read'],
  'retention.preview': ['Vorschau einer Frist gelesen', 'Retention preview read'],
  'identity-key.list': ['Schlüssel gelesen', 'Keys listed'],
  'identity-key.add': ['Schlüssel angelegt', 'Key made'],
  'identity-key.revoke': ['Schlüssel beendet', 'Key revoked'],
  'contact-field.list': ['Angaben einer Person gelesen', 'Contact fields of a person read'],
  'satisfaction.list': ['Zufriedenheit gelesen', 'Satisfaction read'],
  'visitor.block': ['Person gesperrt', 'Person blocked'],
  'visitor.unblock': ['Sperre einer Person aufgehoben', 'Block of a person lifted'],
};

/** An action in words; its code where there are none yet. */
export function actionInWords(action: string, locale: string): string {
  const words = ACTIONS[action];
  return words === undefined ? action : words[/^de\b/i.test(locale) ? 0 : 1];
}
