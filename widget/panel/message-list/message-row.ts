import { html, nothing } from 'lit';
import type { Text } from '../../locales/messages.ts';
import { renderAvatar } from '../avatar.ts';
import { menuIcon } from '../icons.ts';
import type { ShownMessage } from '../shown-messages.ts';
import { renderPlainText, renderTextNodes } from '../text-nodes.ts';
import type { RowExtras } from './row-extras.ts';
import type { MessageRow } from './rows.ts';
import { formatTime } from './times.ts';

/** What a message is drawn with. */
export type RowContext = {
  readonly text: Text;
  /** Language tag for times. */
  readonly locale: string;
  /** Draws answers, reactions and files; undefined until it has come. */
  readonly extras: RowExtras | undefined;
  /** Key of the message whose button is in the order of the tab key. */
  readonly active: string;
  readonly onRetry: (txnId: string) => void;
  readonly onMenu: (row: MessageRow, button: HTMLElement) => void;
};

const MEDIA = /^m\.(?:image|file|audio|video)$/;

/** Whether a message is a file. */
export const isMedia = ({ content }: ShownMessage): boolean => MEDIA.test(String(content['msgtype']));

/** Whether a message is more than words. */
export const needsExtras = ({ message }: MessageRow): boolean =>
  isMedia(message) || message.reactions.length > 0 || message.repliesTo !== undefined;

function renderContent(row: MessageRow, { text, extras }: RowContext) {
  const { message, body } = row;
  const { entry } = message;
  if (entry.isRedacted) return text('redacted');
  if (isMedia(message)) return extras?.media(row);
  const words = message.text ? renderTextNodes(message.text, text('newWindow')) : renderPlainText(body, text('newWindow'));
  return message.edit ? [words, html`<small> ${text('edited')}</small>`] : words;
}

function renderFoot({ key, at, item, isLast, delivery, sender }: MessageRow, { text, locale, onRetry }: RowContext) {
  if (delivery === 'failed') {
    return html`<p class="foot failed" role="alert">
      ${text('failed')} <button @click=${() => onRetry(item?.txnId ?? key)}>${text('retry')}</button>
    </p>`;
  }
  if (!isLast && !delivery) return nothing;
  const time = html`<time datetime=${new Date(at).toISOString()}>${formatTime(at, locale)}</time>`;
  if (delivery === 'sending') return html`<p class="foot">${text('sending')}</p>`;
  return html`<p class="foot">${delivery && !sender ? html`${text(delivery)} · ` : nothing}${time}</p>`;
}

/** A message with what belongs to it: who wrote it, what it answers, reactions, state. */
export function renderMessage(row: MessageRow, context: RowContext) {
  const { key, sender, isFirst, isLast, message } = row;
  const { text, active, extras, onMenu } = context;
  const { isRedacted, eventId } = message.entry;
  // On one line below: spaces between its tags would be part of the words.
  const words = message.text ? 'bubble' : 'bubble plain';
  const kind = isRedacted ? 'gone' : isMedia(message) ? 'file' : '';
  // A touch has no place to hover: there the message itself opens its menu, unless the touch was meant for something in it.
  const handleTouch = ({ target, currentTarget, pointerType }: PointerEvent) => {
    if (
      isRedacted ||
      pointerType !== 'touch' ||
      (target instanceof Element && target.closest('a, button, smoope-media')) ||
      !getSelection()?.isCollapsed
    )
      return;
    if (currentTarget instanceof HTMLElement) onMenu(row, currentTarget);
  };
  return html`<div class="row ${sender ? '' : 'own'} ${isFirst ? 'first' : ''} ${isLast ? 'last' : ''} ${kind}" data-id=${eventId}>
    ${
      sender
        ? html`<p class=${isFirst ? 'name' : 'hidden'}><bdi>${sender.name}</bdi></p>
            ${isLast ? renderAvatar(sender.name, sender.pictureUrl) : nothing}`
        : html`<p class="hidden">${text('you')}</p>`
    }
    <div class=${words} dir="auto" @click=${handleTouch}>${extras?.quote(row)}${renderContent(row, context)}</div>
    ${
      isRedacted
        ? nothing
        : html`<button
            class="round more"
            data-key=${key}
            tabindex=${key === active ? 0 : -1}
            aria-label=${text('options')}
            aria-haspopup="menu"
            @click=${({ currentTarget }: Event) => currentTarget instanceof HTMLElement && onMenu(row, currentTarget)}
          >
            ${menuIcon}
          </button>`
    }
    ${extras?.reactions(row)} ${renderFoot(row, context)}
  </div>`;
}
