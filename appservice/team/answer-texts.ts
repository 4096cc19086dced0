import type { AnswerTemplate, TeamTemplate } from '../matrix/outbox-store.ts';
import type { TeamLocale } from './inbox-text.ts';
import type { CommandName } from './team-command.ts';

/** What a sentence may name; each is read from rows when it is sent. */
export type AnswerValues = {
  /** The command that was typed, or the one that may have been meant. */
  readonly command?: CommandName | undefined;
  /** Names and Matrix ids of members. */
  readonly members: readonly string[];
  /** Keys and names of departments. */
  readonly departments: readonly string[];
  readonly labels: readonly string[];
  /** Names of canned replies. */
  readonly replies: readonly string[];
  /** What the person gave, one line each. */
  readonly fields: readonly string[];
};

type Sentence = (values: AnswerValues) => string;

const list = (entries: readonly string[], none: string): string => (entries.length === 0 ? none : entries.join(', '));

/** How each command is written, and what it does. */
const USAGE: Record<TeamLocale, Record<CommandName, readonly [string, string]>> = {
  de: {
    claim: ['!claim', 'Unterhaltung übernehmen (auch mit ✋ 🙋 👀)'],
    assign: ['!assign NAME', 'jemandem zuweisen: Name, Matrix-ID oder „ich“'],
    handover: ['!handover ABTEILUNG', 'an eine Abteilung übergeben; „-“ an die ganze Firma'],
    close: ['!close', 'schließen (auch mit ✅)'],
    reopen: ['!reopen', 'wieder öffnen'],
    label: ['!label NAME', 'Label geben; „!label -NAME“ nimmt es weg, „!label“ zeigt alle'],
    reply: ['!reply NAME', 'Textbaustein senden; „!reply“ zeigt alle'],
    who: ['!who', 'was die Person von sich angegeben hat'],
    away: ['!away', 'keine Unterhaltungen bekommen'],
    here: ['!here', 'wieder Unterhaltungen bekommen'],
    help: ['!help', 'diese Übersicht'],
  },
  en: {
    claim: ['!claim', 'take the conversation (also ✋ 🙋 👀)'],
    assign: ['!assign NAME', 'give it to somebody: name, Matrix id or "me"'],
    handover: ['!handover DEPARTMENT', 'hand it over to a department; "-" to the whole company'],
    close: ['!close', 'close it (also ✅)'],
    reopen: ['!reopen', 'open it again'],
    label: ['!label NAME', 'give a label; "!label -NAME" takes it away, "!label" lists them'],
    reply: ['!reply NAME', 'send a canned reply; "!reply" lists them'],
    who: ['!who', 'what the person gave about themselves'],
    away: ['!away', 'get no conversations'],
    here: ['!here', 'get conversations again'],
    help: ['!help', 'this list'],
  },
};

function usage(locale: TeamLocale, command: CommandName | undefined): string {
  return command === undefined ? '!help' : USAGE[locale][command].join(': ');
}

/** A Matrix client shows what is typed into its room before we can take it back. */
const SEEN_BY_CUSTOMERS: Record<TeamLocale, string> = {
  de: 'Wer mit Matrix schreibt, sieht für einen Moment, was in der Unterhaltung selbst getippt wird: dort lieber auf die Ankündigung antworten.',
  en: 'Who writes with Matrix sees for a moment what is typed in the conversation itself: answer the announcement instead.',
};

function overview(locale: TeamLocale, headline: string): string {
  return [headline, ...Object.values(USAGE[locale]).map((line) => line.join(': ')), SEEN_BY_CUSTOMERS[locale]].join('\n');
}

const ANSWERS: Record<TeamLocale, Record<AnswerTemplate, Sentence>> = {
  de: {
    help: () => overview('de', 'Befehle, als Antwort auf eine Ankündigung oder in der Unterhaltung selbst:'),
    unknownCommand: ({ command }) =>
      command === undefined
        ? 'Diesen Befehl gibt es nicht. !help zeigt alle.'
        : `Diesen Befehl gibt es nicht. Gemeint war vielleicht: ${usage('de', command)}`,
    malformed: ({ command }) => `So ist der Befehl nicht vollständig oder zu lang. ${usage('de', command)}`,
    notHere: ({ command }) => `Dieser Befehl gehört als Antwort auf die Ankündigung einer Unterhaltung. ${usage('de', command)}`,
    elsewhere: ({ departments }) => `Diese Unterhaltung liegt nicht mehr hier, sondern bei: ${list(departments, 'der ganzen Firma')}.`,
    alreadyClosed: () => 'Diese Unterhaltung ist geschlossen. !reopen öffnet sie wieder.',
    notClosed: () => 'Diese Unterhaltung ist nicht geschlossen.',
    alreadyClaimed: ({ members }) => `Diese Unterhaltung ist schon bei ${list(members, 'jemandem')}. Übernehmen mit: !assign ich`,
    noSuchMember: ({ members }) => `Hier gibt es niemanden mit diesem Namen. Es gibt: ${list(members, 'niemanden')}.`,
    severalMembers: ({ members }) => `Das können mehrere sein: ${list(members, 'niemand')}. Bitte mit Matrix-ID.`,
    noSuchDepartment: ({ departments }) => `Diese Abteilung gibt es nicht. Es gibt: ${list(departments, 'keine')}.`,
    alreadyThere: () => 'Dort ist diese Unterhaltung schon.',
    labels: ({ labels }) => `Labels: ${list(labels, 'keine')}.`,
    tooManyLabels: ({ labels }) => `Mehr Labels gehen nicht. Vergeben sind: ${list(labels, 'keine')}.`,
    replies: ({ replies }) => `Textbausteine: ${list(replies, 'keine')}.`,
    noSuchReply: ({ replies }) => `Diesen Textbaustein gibt es nicht. Es gibt: ${list(replies, 'keine')}.`,
    encrypted: () => 'Diese Unterhaltung ist verschlüsselt: Hier kann der Dienst keine Texte senden.',
    who: ({ fields }) => (fields.length === 0 ? 'Die Person hat nichts von sich angegeben.' : fields.join('\n')),
    away: () => 'Sie sind abwesend und bekommen keine Unterhaltungen. Zurück mit !here',
    here: () => 'Sie sind da und bekommen Unterhaltungen.',
  },
  en: {
    help: () => overview('en', 'Commands, as a reply to an announcement or in the conversation itself:'),
    unknownCommand: ({ command }) =>
      command === undefined
        ? 'There is no such command. !help lists them.'
        : `There is no such command. Perhaps you meant: ${usage('en', command)}`,
    malformed: ({ command }) => `The command is incomplete or too long. ${usage('en', command)}`,
    notHere: ({ command }) => `This command belongs in a reply to the announcement of a conversation. ${usage('en', command)}`,
    elsewhere: ({ departments }) => `This conversation is no longer here but with: ${list(departments, 'the whole company')}.`,
    alreadyClosed: () => 'This conversation is closed. !reopen opens it again.',
    notClosed: () => 'This conversation is not closed.',
    alreadyClaimed: ({ members }) => `This conversation is with ${list(members, 'somebody')} already. To take it over: !assign me`,
    noSuchMember: ({ members }) => `There is nobody of that name here. There are: ${list(members, 'nobody')}.`,
    severalMembers: ({ members }) => `That may be one of several: ${list(members, 'nobody')}. Please use the Matrix id.`,
    noSuchDepartment: ({ departments }) => `There is no such department. There are: ${list(departments, 'none')}.`,
    alreadyThere: () => 'This conversation is there already.',
    labels: ({ labels }) => `Labels: ${list(labels, 'none')}.`,
    tooManyLabels: ({ labels }) => `There is no room for more labels. It has: ${list(labels, 'none')}.`,
    replies: ({ replies }) => `Canned replies: ${list(replies, 'none')}.`,
    noSuchReply: ({ replies }) => `There is no such canned reply. There are: ${list(replies, 'none')}.`,
    encrypted: () => 'This conversation is encrypted: the service can send no texts there.',
    who: ({ fields }) => (fields.length === 0 ? 'The person gave nothing about themselves.' : fields.join('\n')),
    away: () => 'You are away and get no conversations. Come back with !here',
    here: () => 'You are here and get conversations.',
  },
};

const TOLD: Record<TeamLocale, Record<TeamTemplate, string>> = {
  de: {
    closed: 'Die Unterhaltung ist geschlossen.',
    closedByPerson: 'Die Person hat die Unterhaltung beendet.',
    reopened: 'Die Unterhaltung geht weiter.',
    closedAfterSilence: 'Die Unterhaltung wurde nach langer Stille geschlossen.',
    continuedInApp: 'Die Person schreibt jetzt aus der App weiter.',
  },
  en: {
    closed: 'The conversation is closed.',
    closedByPerson: 'The person has ended the conversation.',
    reopened: 'The conversation goes on.',
    closedAfterSilence: 'The conversation was closed after a long silence.',
    continuedInApp: 'The person now goes on from the app.',
  },
};

/** What somebody is answered who typed a command. */
export const answerText = (locale: TeamLocale, template: AnswerTemplate, values: AnswerValues): string => ANSWERS[locale][template](values);

/** What the team is told of itself. */
export const toldText = (locale: TeamLocale, template: TeamTemplate): string => TOLD[locale][template];

/**
 * Content of a notice in the thread of an announcement (`root`), and an answer to `repliesTo` where that is another event. Clients
 * without threads show it as a reply. A notice, so that no bot answers it.
 */
export function noticeContent(text: string, { root, repliesTo }: { root: string | null; repliesTo: string }) {
  const answers = { 'm.in_reply_to': { event_id: repliesTo } };
  return {
    msgtype: 'm.notice',
    body: text,
    'm.mentions': {},
    'm.relates_to': root === null ? answers : { rel_type: 'm.thread', event_id: root, is_falling_back: repliesTo === root, ...answers },
  };
}
