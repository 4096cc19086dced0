import { z } from 'zod';
import type { RoomId } from '../ids.ts';
import type { TeamTemplate } from '../matrix/outbox-store.ts';

type Locale = 'de' | 'en';

const CHANNELS: Record<Locale, Record<string, string>> = {
  de: { widget: 'Website', form: 'Kontaktformular', matrix: 'Matrix' },
  en: { widget: 'website', form: 'contact form', matrix: 'Matrix' },
};

const TEXTS: Record<
  Locale,
  { announcement: (number: number, channel: string, department: string | null) => string; open: string; help: string } & Record<
    TeamTemplate,
    string
  >
> = {
  de: {
    announcement: (number, channel, department) =>
      `Neue Unterhaltung ${number} · ${channel}${department === null ? '' : ` · ${department}`}`,
    open: 'Öffnen und antworten',
    help: 'Zum Schließen hier mit !close antworten.',
    closed: 'Die Unterhaltung ist geschlossen.',
    reopened: 'Die Unterhaltung geht weiter.',
  },
  en: {
    announcement: (number, channel, department) =>
      `New conversation ${number} · ${channel}${department === null ? '' : ` · ${department}`}`,
    open: 'Open and answer',
    help: 'Reply !close here to close it.',
    closed: 'The conversation is closed.',
    reopened: 'The conversation goes on.',
  },
};

/** What the announcement of a conversation names: no words of the person, no name. */
export type Announcement = {
  readonly locale: Locale;
  readonly number: number;
  readonly channel: string;
  readonly department: string | null;
  readonly link: string;
  /** Room of the conversation, for programs; see `announcedRoom`. */
  readonly roomId: RoomId;
};

/** Where an announcement says which room it is about. */
const ANNOUNCEMENT = 'com.smoope.announcement';

/** The room that an announcement is about; undefined for other content. Trust it from the company's ghost alone. */
export function announcedRoom(content: Readonly<Record<string, unknown>>): RoomId | undefined {
  const result = announcementMark.safeParse(content);
  return result.success ? (result.data[ANNOUNCEMENT].room_id as RoomId) : undefined;
}

const announcementMark = z.object({ [ANNOUNCEMENT]: z.object({ room_id: z.string() }) });

/** Content of the announcement in the team room; a link of the `matrix:` scheme opens the room in any client (spec, appendices, URIs). */
export function announcementContent({ locale, number, channel, department, link, roomId }: Announcement) {
  const { announcement, open, help } = TEXTS[locale];
  const headline = announcement(number, CHANNELS[locale][channel] ?? channel, department);
  return {
    msgtype: 'm.text',
    body: `${headline}\n${open}: ${link}\n${help}`,
    format: 'org.matrix.custom.html',
    formatted_body: `<strong>${escapeHtml(headline)}</strong><br><a href="${escapeHtml(link)}">${open}</a><br>${escapeHtml(help)}`,
    [ANNOUNCEMENT]: { room_id: roomId },
  };
}

/** Content of a notice in the thread of an announcement; clients without threads show it as a reply. */
export function noticeContent(locale: Locale, template: TeamTemplate, announcementEventId: string) {
  return {
    msgtype: 'm.notice',
    body: TEXTS[locale][template],
    'm.relates_to': {
      rel_type: 'm.thread',
      event_id: announcementEventId,
      is_falling_back: true,
      'm.in_reply_to': { event_id: announcementEventId },
    },
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
