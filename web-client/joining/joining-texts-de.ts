import type { JoiningTexts } from './joining-texts-en.ts';

/** Texts of the pages of links, German, formal. */
export const german: JoiningTexts = {
  loading: 'Einen Moment …',
  continueTitle: 'In der App fortsetzen',
  continueLead: 'Nehmen Sie Ihr Gespräch mit {company} in Ihr Konto mit. Sie lesen und beantworten es dann in der App, auf jedem Gerät.',
  continueLeadMany:
    'Nehmen Sie Ihre {count} Gespräche mit {company} in Ihr Konto mit. Sie lesen und beantworten sie dann in der App, auf jedem Gerät.',
  continueEffects: 'Der Chat auf der Website endet damit. {company} behält das Gespräch, wie es ist, und sieht den Namen Ihres Kontos.',
  continueSignIn: 'Anmelden und fortsetzen',
  continueAs: 'Als {name} fortsetzen',
  continueDone: 'Fertig. Ihr Gespräch mit {company} geht in der App weiter.',
  continueOver:
    'Dieser Link wurde benutzt oder ist zu alt. Öffnen Sie den Chat auf der Website und wählen Sie noch einmal „In der App fortsetzen“; verloren ist nichts.',
  invitationTitle: 'Einladung von {company}',
  invitationPageTitle: 'Einladung',
  invitationLeadAgent: '{company} lädt Sie ein, für das Unternehmen auf Nachrichten zu antworten.',
  invitationLeadAdmin: '{company} lädt Sie ein, für das Unternehmen auf Nachrichten zu antworten und es hier zu verwalten.',
  termsTitle: 'Was gilt',
  termsAccept: 'Ich habe das gelesen und bin einverstanden.',
  termsMissing: 'Bitte setzen Sie den Haken, dass Sie einverstanden sind.',
  invitationSignIn: 'Anmelden und weiter',
  invitationAccept: 'Als {name} annehmen',
  invitationUntil: 'Der Link gilt einmal, bis {time}.',
  invitationDone: 'Willkommen. Sie arbeiten jetzt für {company}; die Gespräche stehen in der App.',
  invitationOver: 'Dieser Link wurde benutzt, zurückgenommen oder ist zu alt. Bitten Sie das Unternehmen um einen neuen.',
  toApp: 'Zur Startseite',
  faultBlocked: '{company} nimmt hier keine Nachrichten mehr von Ihnen an.',
  faultNotOpen: '{company} ist gerade nicht geöffnet.',
  faultMember: 'Das geht nicht mit diesem Konto: Es arbeitet schon für das Unternehmen, oder es war noch nie in der App angemeldet.',
  faultLimit: 'Das war etwas oft. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.',
  faultOffline: 'Es besteht keine Verbindung. Geändert wurde nichts; bitte versuchen Sie es noch einmal.',
  faultOther: 'Das hat nicht geklappt. Geändert wurde nichts; bitte versuchen Sie es noch einmal.',
};
