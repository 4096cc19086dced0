import type { ContactConversation, ContactPage } from '../../appservice/contact-form/contact-form-wire.ts';
import type { ConversationEvent } from '../../appservice/conversations/conversation-wire.ts';
import { html, type Html } from '../html.ts';
import { fill } from '../fill.ts';
import { contactTexts, pageAddress, renderContactPage, type ContactAssets } from './contact-page.ts';
import type { ContactTexts } from './contact-texts-en.ts';
import { messageField, type FieldContext } from './form-fields.ts';
import { faultSummary } from './form-page.ts';
import { noticeSection } from './notice-section.ts';
import { shownMessages, type ShownMessage } from './shown-events.ts';
import { textHtml } from './text-html.ts';

const FILES: ReadonlySet<unknown> = new Set(['m.image', 'm.file', 'm.audio', 'm.video']);

/** A file as a link to it; a picture stands there small. A body that differs from the file's name is its caption. */
function fileOf({ conversationId, eventId, content }: ConversationEvent, page: ContactPage, text: ContactTexts): Html {
  const { msgtype, body, filename = body } = content;
  const name = String(filename);
  const address = `/contact/${page.company.slug}/files/${conversationId}/${encodeURIComponent(eventId)}`;
  return html`<p class="file">
      <a href="${address}"
        >${msgtype === 'm.image' && html`<img src="${address}?thumbnail=true" alt="" loading="lazy" />`}${fill(text.file, { name })}</a
      >
    </p>
    ${body !== filename && html`<p dir="auto">${String(body)}</p>`}`;
}

function bodyOf({ event, state, text: nodes }: ShownMessage, page: ContactPage, text: ContactTexts): Html {
  if (state === 'deleted') return html`<p class="muted">${text.redacted}</p>`;
  const { msgtype } = event.content;
  if (FILES.has(msgtype)) return fileOf(event, page, text);
  return html`<div dir="auto">${textHtml(nodes ?? [])}</div>`;
}

function messageItem(message: ShownMessage, page: ContactPage, format: Intl.DateTimeFormat, isLatest: boolean): Html {
  const text = contactTexts(page.locale);
  const { event, state } = message;
  const own = event.sender.kind === 'person';
  const at = new Date(event.at);
  return html`<li class="${own ? 'own' : 'theirs'}" ${isLatest && html` id="latest"`}>
    <p class="who">
      <b>${own ? text.you : event.sender.name}</b> <time datetime="${at.toISOString()}">${format.format(at)}</time>${
        state === 'edited' && html` (${text.edited})`
      }
    </p>
    ${bodyOf(message, page, text)}
  </li>`;
}

/** A conversation with a field to go on in it; complete without any script. */
export function renderConversationPage(page: ContactPage, conversation: ContactConversation, assets: ContactAssets): string {
  const text = contactTexts(page.locale);
  const { form, number, isClosed, hasOlder, timeZone } = conversation;
  const title = fill(text.conversationTitle, { company: page.company.name });
  const format = new Intl.DateTimeFormat(text.language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const messages = shownMessages(conversation.events);
  const context: FieldContext = { text, company: page.company.name, values: form.values, errors: form.errors };
  const content = html`<h1>${title}</h1>
    <p class="lead">${fill(text.conversationNumber, { number })}</p>
    ${hasOlder && html`<p class="muted">${text.conversationOlder}</p>`}
    <ol class="messages">
      ${messages.map((message, place) => messageItem(message, page, format, place === messages.length - 1))}
    </ol>
    ${isClosed && html`<p>${text.conversationClosed}</p>`}
    <p><a class="button quiet" href="${pageAddress(page, '/conversation')}">${text.refresh}</a></p>
    ${faultSummary(context)}
    <form method="post" action="${pageAddress(page, '/conversation')}" novalidate>
      <input type="hidden" name="token" value="${form.token}" />
      ${messageField(context, text.answer)}
      <button>${text.answerSend}</button>
    </form>
    ${noticeSection(page, conversation.notice, { values: {}, errors: [] })}
    <form method="post" action="${pageAddress(page, '/leave')}" class="leave">
      <p class="hint" id="leave-hint">${text.leaveHint}</p>
      <button class="quiet" aria-describedby="leave-hint">${text.leave}</button>
    </form>`;
  return renderContactPage(page, assets, { title: form.errors.length > 0 ? `${text.errorPrefix}: ${title}` : title, content });
}
