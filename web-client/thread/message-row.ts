import { html, nothing, type TemplateResult } from 'lit';
import { fill } from '../fill.ts';
import type { FileAccess } from '../files/file-access.ts';
import '../files/message-file.ts';
import { moreIcon } from './icons.ts';
import { isLong, renderBody } from './message-body.ts';
import type { MessageItem } from './message-item.ts';
import { renderFace, type Person } from './person.ts';
import { refusalInWords } from './refusal-in-words.ts';
import type { ThreadTexts } from './thread-texts-en.ts';

/** The message that another one answers; words undefined where it is not there any more. */
export type Quote = { readonly name: string; readonly words: string | undefined };

/** What the rows of a conversation can be asked to do. */
export type RowActions = {
  openMenu(item: MessageItem, anchor: Element): void;
  react(item: MessageItem, key: string): void;
  goTo(eventId: string): void;
  unfold(item: MessageItem): void;
  sendAgain(item: MessageItem): void;
  discard(item: MessageItem): void;
};

/** A message with all that stands around it. */
export type Row = {
  readonly item: MessageItem;
  readonly person: Person;
  /** Set where a day begins. */
  readonly day: string | undefined;
  readonly isFirstNew: boolean;
  /** Whether it goes on with what the same person said before. */
  readonly isFollowing: boolean;
  /** Whether it says how far it is. */
  readonly saysDelivery: boolean;
  readonly isUnfolded: boolean;
  readonly quote: Quote | undefined;
};

/** What all rows have in common. */
export type RowSettings = {
  readonly text: ThreadTexts;
  readonly locale: string;
  readonly actions: RowActions;
  readonly access: FileAccess;
};

const QUOTED = 160;

function renderQuote({ item, quote }: Row, { text, actions }: RowSettings): TemplateResult | typeof nothing {
  const { replyTo } = item;
  if (replyTo === undefined || quote === undefined) return nothing;
  const { name, words } = quote;
  if (words === undefined) return html`<p class="quote none">${text.answeredGone}</p>`;
  const part = words.replaceAll(/\s+/g, ' ').slice(0, QUOTED);
  const label = fill(text.answered, { name, words: part });
  return html`<button class="quote" type="button" aria-label=${label} @click=${() => actions.goTo(replyTo)}>
    <b><bdi>${name}</bdi></b> <span dir="auto">${part}</span>
  </button>`;
}

function renderReactions({ item }: Row, { text, actions }: RowSettings): TemplateResult | typeof nothing {
  if (item.reactions.length === 0) return nothing;
  return html`<div class="reactions">
    ${item.reactions.map(({ key, count, ownEventId }) => {
      const isOwn = ownEventId !== undefined;
      const label = fill(isOwn ? text.reactionOwn : text.reaction, { key, count });
      return html`<button
        type="button"
        aria-pressed=${isOwn ? 'true' : 'false'}
        aria-label=${label}
        @click=${() => actions.react(item, key)}
      >
        <bdi>${key}</bdi>${count > 1 ? html` <span>${count}</span>` : nothing}
      </button>`;
    })}
  </div>`;
}

function renderDelivery({ item, saysDelivery }: Row, { text, actions }: RowSettings): TemplateResult | typeof nothing {
  const { delivery } = item;
  if (delivery === 'failed')
    return html`<span class="delivery failed" role="alert"
      >${refusalInWords(item.refusal, text)}
      <button class="quiet" type="button" @click=${() => actions.sendAgain(item)}>${text.sendAgain}</button>
      <button class="quiet" type="button" @click=${() => actions.discard(item)}>${text.discard}</button></span
    >`;
  return delivery !== undefined && (saysDelivery || delivery === 'sending' || delivery === 'waiting')
    ? html`<span class="delivery">${delivery === 'waiting' ? text.waitingToSend : text[delivery]}</span>`
    : nothing;
}

function renderWords({ item, isUnfolded, person }: Row, { text, actions }: RowSettings): TemplateResult {
  if (item.isGone) return html`<p class="words">${text.gone}</p>`;
  if (!isLong(item)) return renderBody(item, person.name);
  return html`<div class=${isUnfolded ? 'unfolded' : 'folded'}>${renderBody(item, person.name)}</div>
    <button class="quiet unfold" type="button" aria-expanded=${isUnfolded ? 'true' : 'false'} @click=${() => actions.unfold(item)}>
      ${isUnfolded ? text.showLess : text.showMore}
    </button>`;
}

function renderBubble(row: Row, settings: RowSettings): TemplateResult {
  const { file, isGone } = row.item;
  if (file === undefined)
    return html`<div class=${isGone ? 'bubble gone' : 'bubble'}>${renderQuote(row, settings)}${renderWords(row, settings)}</div>`;
  return html`<div class="filed">
    ${renderQuote(row, settings)}<smoope-message-file class="bubble" .content=${file} .access=${settings.access}></smoope-message-file>
  </div>`;
}

/** Draws one message. */
export function renderRow(row: Row, settings: RowSettings): TemplateResult {
  const { text, locale, actions } = settings;
  const { item, person, day, isFirstNew, isFollowing } = row;
  const { isOwn, manner, isGone, at } = item;
  const isNotice = manner === 'notice';
  const time = new Date(at).toLocaleTimeString(locale, { timeStyle: 'short' });
  const classes = ['said', isOwn && 'own', isNotice && 'system', isFollowing && 'following', manner === 'emote' && 'emote'];
  const openMenu = (event: Event): void => actions.openMenu(item, event.currentTarget as Element);
  return html`${day === undefined ? nothing : html`<h2 class="day">${day}</h2>`}
    ${isFirstNew ? html`<p class="first-new"><span>${text.newMessages}</span></p>` : nothing}
    <div class=${classes.filter(Boolean).join(' ')} role="article" tabindex="-1" data-key=${item.key} data-event=${item.eventId}>
      ${isOwn || isNotice || isFollowing ? nothing : html`<p class="sender">${renderFace(person)}<bdi>${person.name}</bdi></p>`}
      ${isOwn ? html`<span class="unseen">${text.you}</span>` : nothing}
      <div class="line">
        ${renderBubble(row, settings)}
        ${
          isGone || isNotice
            ? nothing
            : html`<button class="more" type="button" tabindex="-1" aria-haspopup="menu" aria-label=${text.moreOptions} @click=${openMenu}>
                ${moreIcon}
              </button>`
        }
      </div>
      ${renderReactions(row, settings)}
      <p class="meta">
        <time datetime=${new Date(at).toISOString()}>${time}</time>${item.isEdited && !isGone ? html` · ${text.edited}` : nothing}
        ${renderDelivery(row, settings)}
      </p>
    </div>`;
}
