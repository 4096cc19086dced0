import { html, nothing } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { closeIcon } from '../icons.ts';
import { bodyOf, type MessageRow } from '../message-list/rows.ts';
import type { ShownMessage } from '../shown-messages.ts';
import type { Target } from './outgoing.ts';

const LONGEST = 200;

const isOwn = ({ entry }: ShownMessage): boolean => entry.sender.kind === 'person';

/** The line of a message that says what it answers; a click goes there. */
export function renderQuote({ message, quoted }: MessageRow, text: AllText, onJump: (eventId: string) => void) {
  const { repliesTo } = message;
  if (repliesTo === undefined || message.entry.isRedacted) return nothing;
  const words = !quoted ? text('earlier') : quoted.entry.isRedacted ? text('redacted') : bodyOf(quoted);
  return html`<button class="quote" @click=${() => onJump(repliesTo)}>
    <span class="hidden">${text('inReply')} </span>${
      quoted ? html`<b>${isOwn(quoted) ? text('you') : quoted.entry.sender.name}</b>` : nothing
    }<span dir="auto">${words.slice(0, LONGEST)}</span>
  </button>`;
}

/** Reactions under a message; a click gives one or takes back the person's own. */
export function renderReactions({ message }: MessageRow, text: AllText, onReact: (message: ShownMessage, key: string) => void) {
  if (message.reactions.length === 0) return nothing;
  return html`<div class="chips">
    ${message.reactions.map(
      ({ key, count, own }) =>
        html`<button
          class="chip"
          aria-pressed=${own ? 'true' : 'false'}
          aria-label=${text('reaction', { key, count })}
          @click=${() => onReact(message, key)}
        >
          ${key} ${count > 1 ? count : nothing}
        </button>`,
    )}
  </div>`;
}

/** The bar above the message field that says what the message answers or changes. */
export function renderTarget(target: Target | undefined, text: AllText, onLeave: () => void) {
  if (!target) return nothing;
  const { kind, message } = target;
  const name = isOwn(message) ? text('you') : message.entry.sender.name;
  return html`<div class="target">
    <p>
      <b>${kind === 'edit' ? text('editing') : text('replying', { name })}</b>
      <span dir="auto">${bodyOf(message).slice(0, LONGEST)}</span>
    </p>
    <button class="round" aria-label=${text('cancel')} @click=${onLeave}>${closeIcon}</button>
  </div>`;
}
