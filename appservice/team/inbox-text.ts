import { z } from 'zod';
import type { Conversation } from '../conversations/conversation.ts';
import type { RoomId } from '../ids.ts';

/** Languages of the team. */
export type TeamLocale = 'de' | 'en';

const WORDS = {
  de: {
    conversation: 'Unterhaltung',
    channels: { widget: 'Website', form: 'Kontaktformular', matrix: 'Matrix' },
    waiting: (since: string) => `wartet${since}`,
    since: (time: string) => ` seit ${time}`,
    open: 'offen',
    closed: 'geschlossen',
    assignee: (name: string) => `Bei ${name}`,
    nobody: 'Noch bei niemandem',
    labels: 'Labels',
    link: 'Öffnen und antworten',
    help: '✋ übernehmen · ✅ schließen · Befehle als Antwort hierauf, !help zeigt alle',
    closedHelp: '!reopen als Antwort hierauf öffnet sie wieder, !help zeigt alle Befehle',
    moved: (to: string) => `übergeben an ${to}`,
    company: 'die ganze Firma',
  },
  en: {
    conversation: 'Conversation',
    channels: { widget: 'website', form: 'contact form', matrix: 'Matrix' },
    waiting: (since: string) => `waiting${since}`,
    since: (time: string) => ` since ${time}`,
    open: 'open',
    closed: 'closed',
    assignee: (name: string) => `With ${name}`,
    nobody: 'With nobody yet',
    labels: 'Labels',
    link: 'Open and answer',
    help: '✋ claim · ✅ close · commands as a reply to this, !help lists them',
    closedHelp: '!reopen as a reply to this opens it again, !help lists all commands',
    moved: (to: string) => `handed over to ${to}`,
    company: 'the whole company',
  },
} as const;

const MARKS: Record<Conversation['status'], string> = { waiting: '🟠', open: '🟢', closed: '⚪' };

/** What the announcement of a conversation shows: no words of the person, no name of theirs. */
export type InboxView = {
  readonly locale: TeamLocale;
  readonly number: number;
  readonly status: Conversation['status'];
  readonly channel: Conversation['channel'];
  /** Name of the department. */
  readonly department: string | null;
  /** Name of the member who answers. */
  readonly assignee: string | null;
  readonly labels: readonly string[];
  readonly waitingSince: Date | null;
  /** Zone in which times are shown. */
  readonly timeZone: string;
  /** Opens the conversation in any client. */
  readonly link: string;
  /** Room of the conversation, for programs; see `announcedRoom`. */
  readonly roomId: RoomId;
};

/** Where an announcement says which room it is about. */
const ANNOUNCEMENT = 'com.smoope.announcement';

const announcementMark = z.object({ [ANNOUNCEMENT]: z.object({ room_id: z.string() }) });

/** The room that an announcement is about; undefined for other content. Trust it from the company's ghost alone. */
export function announcedRoom(content: Readonly<Record<string, unknown>>): RoomId | undefined {
  const result = announcementMark.safeParse(content);
  return result.success ? (result.data[ANNOUNCEMENT].room_id as RoomId) : undefined;
}

function clockTime(at: Date, locale: TeamLocale, timeZone: string): string {
  const fields = { weekday: 'short', day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', { timeZone, ...fields }).format(at);
}

/** Content of the announcement; a link of the `matrix:` scheme opens the room in any client (spec, appendices, URIs). */
export function announcementContent(view: InboxView) {
  const { locale, number, status, channel, department, assignee, labels, waitingSince, timeZone, link, roomId } = view;
  const words = WORDS[locale];
  const since = waitingSince === null ? '' : words.since(clockTime(waitingSince, locale, timeZone));
  const state = status === 'waiting' ? words.waiting(since) : words[status];
  const headline = [`${MARKS[status]} ${words.conversation} ${number}`, state, words.channels[channel], department].filter(
    (part) => part !== null,
  );
  const lines = [
    assignee === null ? words.nobody : words.assignee(assignee),
    ...(labels.length === 0 ? [] : [`${words.labels}: ${labels.join(', ')}`]),
  ];
  // Nobody is offered what would be refused.
  const help = status === 'closed' ? words.closedHelp : words.help;
  return textContent({
    plain: [headline.join(' · '), ...lines, `${words.link}: ${link}`, help],
    html: [
      `<strong>${escapeHtml(headline.join(' · '))}</strong>`,
      ...lines.map(escapeHtml),
      `<a href="${escapeHtml(link)}">${words.link}</a>`,
      help,
    ],
    mark: { [ANNOUNCEMENT]: { room_id: roomId } },
  });
}

/** Content of an announcement whose conversation went on elsewhere; `department` null: to the whole company. */
export function retiredContent({ locale, number, department }: { locale: TeamLocale; number: number; department: string | null }) {
  const words = WORDS[locale];
  const line = `↪ ${words.conversation} ${number} · ${words.moved(department ?? words.company)}`;
  return textContent({ plain: [line], html: [escapeHtml(line)], mark: {} });
}

/** Content that takes the place of an event's (https://spec.matrix.org/v1.15/client-server-api/#event-replacements). */
export function replacementContent(eventId: string, content: ReturnType<typeof announcementContent>) {
  return {
    ...content,
    body: `* ${content.body}`,
    formatted_body: `* ${content.formatted_body}`,
    'm.new_content': content,
    'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
  };
}

/** A text of ours that notifies nobody by name. */
function textContent({
  plain,
  html,
  mark,
}: {
  plain: readonly string[];
  html: readonly string[];
  mark: Readonly<Record<string, unknown>>;
}) {
  return {
    msgtype: 'm.text',
    body: plain.join('\n'),
    format: 'org.matrix.custom.html',
    formatted_body: html.join('<br>'),
    'm.mentions': {},
    ...mark,
  };
}

/** Text as it stands in HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
