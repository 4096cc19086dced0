import type { RoomId } from '../ids.ts';
import type { Refusal } from './customer-admission.ts';

/** What a company's ghost says in a room into which it was invited. */
export type FrontDoorText = 'here' | 'partly' | 'elsewhere' | 'encrypted' | 'member' | Refusal['reason'];

type Words = { readonly text: (company: string) => string; readonly link?: string };

const TEXTS: Record<'de' | 'en', Record<FrontDoorText, Words>> = {
  de: {
    here: {
      text: (company) =>
        `Ihre Unterhaltung mit ${company} hat einen eigenen Raum. Bitte schreiben Sie dort weiter; was Sie hier schon geschrieben haben, liegt dort vor.`,
      link: 'Unterhaltung öffnen',
    },
    partly: {
      text: (company) =>
        `Ihre Unterhaltung mit ${company} hat einen eigenen Raum. Nicht alles, was Sie hier geschrieben haben, konnte dorthin übernommen werden. Bitte sehen Sie dort nach und senden Sie noch einmal, was fehlt.`,
      link: 'Unterhaltung öffnen',
    },
    elsewhere: {
      text: (company) => `Ihre Unterhaltung mit ${company} hat einen eigenen Raum. Bitte schreiben Sie dort.`,
      link: 'Unterhaltung öffnen',
    },
    encrypted: {
      text: (company) =>
        `Ihre Unterhaltung mit ${company} hat einen eigenen Raum. Dieser hier ist verschlüsselt, und was in ihm steht, kann nicht gelesen werden. Bitte schreiben Sie dort, auch wenn Sie es hier schon geschrieben haben.`,
      link: 'Unterhaltung öffnen',
    },
    member: {
      text: (company) => `Sie gehören zu ${company}. Unterhaltungen mit Kunden werden im Teamraum angekündigt.`,
      link: 'Teamraum öffnen',
    },
    blocked: { text: (company) => `${company} nimmt von Ihnen hier keine Nachrichten mehr an.` },
    identityRequired: {
      text: (company) =>
        `${company} schreibt nur mit Menschen, die auf der Website von ${company} angemeldet sind. Ein Matrix-Konto weist das nicht nach. Bitte melden Sie sich dort an und schreiben Sie im Chat der Website.`,
      link: 'Website',
    },
  },
  en: {
    here: {
      text: (company) =>
        `Your conversation with ${company} has a room of its own. Please go on there; what you have written here is there already.`,
      link: 'Open the conversation',
    },
    partly: {
      text: (company) =>
        `Your conversation with ${company} has a room of its own. Not all that you have written here could be taken there. Please have a look there, and send again what is missing.`,
      link: 'Open the conversation',
    },
    elsewhere: {
      text: (company) => `Your conversation with ${company} has a room of its own. Please write there.`,
      link: 'Open the conversation',
    },
    encrypted: {
      text: (company) =>
        `Your conversation with ${company} has a room of its own. This one here is encrypted, and what stands in it cannot be read. Please write there, even if you have written it here already.`,
      link: 'Open the conversation',
    },
    member: {
      text: (company) => `You belong to ${company}. Conversations with customers are announced in the team room.`,
      link: 'Open the team room',
    },
    blocked: { text: (company) => `${company} takes no more messages from you here.` },
    identityRequired: {
      text: (company) =>
        `${company} writes only with people who are signed in on the website of ${company}. A Matrix account does not prove that. Please sign in there and write in the website's chat.`,
      link: 'Website',
    },
  },
};

/** Whose text it is, and the address to which it leads, if any. */
export type FrontDoorTarget = { readonly locale: 'de' | 'en'; readonly company: string; readonly link: string | undefined };

/** Address of a room that any client opens (spec, appendices, URIs). */
export function roomLink(roomId: RoomId, serverName: string): string {
  return `matrix:roomid/${encodeURIComponent(roomId.slice(1))}?via=${encodeURIComponent(serverName)}`;
}

/** Content of such a text: a notice, so that no program answers it. */
export function frontDoorContent(name: FrontDoorText, { locale, company, link }: FrontDoorTarget) {
  const words: Words = TEXTS[locale][name];
  const text = words.text(company);
  if (words.link === undefined || link === undefined) return { msgtype: 'm.notice', body: text };
  return {
    msgtype: 'm.notice',
    body: `${text}\n${words.link}: ${link}`,
    format: 'org.matrix.custom.html',
    formatted_body: `${escapeHtml(text)}<br><a href="${escapeHtml(link)}">${words.link}</a>`,
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
