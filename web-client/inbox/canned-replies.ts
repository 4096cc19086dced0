import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { askedReplies, replyText, type CannedReply } from './canned-reply.ts';
import type { InboxTexts } from './inbox-texts-en.ts';

/**
 * Offers canned replies while somebody types a slash in the field of answers. It listens to what happens in the field from outside, so
 * that the conversation need not know of it.
 */
export class CannedReplies implements ReactiveController {
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly settings: () => {
    readonly replies: readonly CannedReply[];
    readonly languages: readonly string[];
    readonly words: InboxTexts;
  };
  private field: HTMLTextAreaElement | undefined;
  private asked: readonly CannedReply[] | undefined;
  private at = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, settings: CannedReplies['settings']) {
    this.host = host;
    this.settings = settings;
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('input', this.handleInput);
    // Before the field itself takes Enter for "send".
    this.host.addEventListener('keydown', this.handleKey, { capture: true });
  }

  hostDisconnected(): void {
    this.host.removeEventListener('input', this.handleInput);
    this.host.removeEventListener('keydown', this.handleKey, { capture: true });
  }

  private fieldOf(event: Event): HTMLTextAreaElement | undefined {
    const path = event.composedPath();
    const [field] = path;
    const isAnswer = path.some((node) => node instanceof Element && node.localName === 'smoope-conversation-thread');
    return isAnswer && field instanceof HTMLTextAreaElement ? field : undefined;
  }

  private readonly handleInput = (event: Event): void => {
    const field = this.fieldOf(event);
    if (field === undefined) return;
    this.field = field;
    this.at = 0;
    this.show(askedReplies(this.settings().replies, field.value));
  };

  private show(asked: readonly CannedReply[] | undefined): void {
    if (asked === undefined && this.asked === undefined) return;
    this.asked = asked;
    this.host.requestUpdate();
    const { field } = this;
    if (field === undefined) return;
    if (asked === undefined || asked.length === 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `canned-${this.at}`);
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    const { asked } = this;
    if (asked === undefined || this.fieldOf(event) === undefined || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = asked[this.at];
    if (step !== undefined && asked.length > 0) {
      this.at = (this.at + step + asked.length) % asked.length;
      this.show(asked);
    } else if (event.key === 'Enter' && chosen !== undefined) this.take(chosen);
    else if (event.key === 'Escape') this.show(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private take(reply: CannedReply): void {
    const { field } = this;
    if (field === undefined) return;
    field.value = replyText(reply, this.settings().languages);
    this.show(undefined);
    // The field grows with what it holds, and whoever keeps drafts hears of it.
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    field.focus();
  }

  render(): TemplateResult | typeof nothing {
    const { asked, at } = this;
    if (asked === undefined) return nothing;
    const { words, languages } = this.settings();
    if (asked.length === 0) return html`<p class="canned" role="status">${words.noCannedReplies}</p>`;
    return html`<ul class="canned" role="listbox" aria-label=${words.cannedReplies}>
      ${asked.map(
        (reply, index) =>
          html`<li
            id="canned-${index}"
            role="option"
            aria-selected=${index === at ? 'true' : 'false'}
            @mousedown=${(event: Event) => event.preventDefault()}
            @click=${() => this.take(reply)}
          >
            <strong>/${reply.name}</strong> <span dir="auto">${replyText(reply, languages)}</span>
          </li>`,
      )}
    </ul>`;
  }
}
