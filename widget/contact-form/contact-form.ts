import { createText, type Text } from '../locales/messages.ts';
import { chooseLanguage } from '../locales/language.ts';
import { createApi } from '../transport/api.ts';
import { createSessionStore, type SessionStore } from '../transport/session-store.ts';
import { contactFormStyles } from './contact-form-styles.ts';
import { messages as english } from './locales/en.ts';
import { messages as german } from './locales/de.ts';
import type { FormMessageKey } from './locales/messages.ts';
import { explainFailure, sendMessage } from './send-message.ts';

const languages = { en: english, de: german };

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> & { readonly className?: string },
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Leaves the loader's flag, so that it loads the panel for the badge on the next page. */
function rememberConversation(): void {
  try {
    localStorage.setItem('smoope', '1');
  } catch {
    // Without the flag the person finds the answer by opening the chat.
  }
}

/**
 * Contact form of a company on a page of our origin: one field, one button. The message begins, or goes on in, the
 * conversation that the widget on the same page shows. Loads and keeps nothing before it is sent.
 * Attributes: `company` (slug), `locale`.
 */
export class ContactForm extends HTMLElement {
  private text: Text<FormMessageKey> = createText(english);
  private store: SessionStore | undefined;
  private txnId: string | undefined;
  private readonly field = make('textarea', { id: 'message', rows: 5, maxLength: 10_000, autocomplete: 'off', dir: 'auto' });
  private readonly error = make('p', { id: 'error', className: 'bad', role: 'alert' });
  private readonly form = make('form', { noValidate: true });
  private readonly done = make('section', { hidden: true, tabIndex: -1 });

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const locale = this.getAttribute('locale') ?? document.documentElement.lang;
    this.text = createText(languages[chooseLanguage(locale, ['de', 'en'])]);
    this.store = createSessionStore(this.company, () => localStorage);
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(contactFormStyles);
    root.adoptedStyleSheets = [sheet];
    this.fillForm();
    this.fillDone();
    root.append(this.form, this.done);
  }

  private get company(): string {
    return this.getAttribute('company') ?? '';
  }

  private fillForm(): void {
    const { text, field, error, form } = this;
    field.setAttribute('aria-describedby', 'error hint');
    form.append(
      make('label', { htmlFor: 'message' }, text('label')),
      field,
      error,
      make('p', { id: 'hint' }, text('hint')),
      make('div', {}, make('button', { className: 'main' }, text('send'))),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send();
    });
    // A changed text is another message: the id of the one before would hide it.
    field.addEventListener('input', () => (this.txnId = undefined));
  }

  private fillDone(): void {
    const { text, done } = this;
    const another = make('button', { type: 'button' }, text('another'));
    another.addEventListener('click', () => this.show('form'));
    done.role = 'status';
    done.append(make('h3', {}, text('sent')), make('p', {}, text('sentHint')), make('div', {}, this.makeChatButton(), another));
  }

  private makeChatButton(): HTMLButtonElement {
    const button = make('button', { type: 'button', className: 'main' }, this.text('openChat'));
    button.addEventListener('click', () => window.Smoope?.('open'));
    return button;
  }

  private show(part: 'form' | 'done'): void {
    this.form.hidden = part === 'done';
    this.done.hidden = part === 'form';
    if (part === 'done') this.done.focus();
    else this.field.focus();
  }

  private complain(key: FormMessageKey | undefined): void {
    this.error.textContent = key ? this.text(key) : '';
    this.field.toggleAttribute('aria-invalid', key === 'empty');
    if (!key) return;
    if (key === 'noStorage') this.error.append(' ', this.makeChatButton());
    this.field.focus();
  }

  private async send(): Promise<void> {
    const { field, store, form } = this;
    const body = field.value.trim();
    if (!store || form.ariaBusy === 'true') return;
    if (!body) return this.complain('empty');
    // Without storage the widget could not find the conversation, and with it the answer.
    if (store.isRefused()) return this.complain('noStorage');
    this.complain(undefined);
    form.ariaBusy = 'true';
    this.txnId ??= crypto.randomUUID();
    const api = createApi(window.fetch.bind(window));
    const locale = document.documentElement.lang || 'en';
    try {
      await sendMessage({ api, store, company: this.company, locale }, body, this.txnId);
      rememberConversation();
      field.value = '';
      this.txnId = undefined;
      this.show('done');
    } catch (error) {
      this.complain(explainFailure(error));
    } finally {
      form.ariaBusy = 'false';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-contact-form': ContactForm;
  }
}

customElements.define('smoope-contact-form', ContactForm);
