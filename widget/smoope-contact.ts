const STYLES = `
  :host { display: block; height: 760px; }
  :host([hidden]) { display: none; }
  iframe { display: block; width: 100%; height: 100%; border: 0; }`;

// Before the script tag is gone from `currentScript`: the form comes from where this script came from.
const source = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;

/**
 * A company's contact form as part of a page: `<smoope-contact company="acme"></smoope-contact>`. It is fetched when the element comes
 * near the visible part of the page, runs no script and keeps nothing: the answer is read by the one-time link that follows.
 * Attributes: `company` (slug), `locale` (BCP 47, else the page's).
 */
export class SmoopeContact extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return;
    const locale = this.getAttribute('locale') || document.documentElement.lang || navigator.language;
    const company = this.getAttribute('company') ?? '';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [sheet];
    const frame = document.createElement('iframe');
    frame.title = /^de\b/i.test(locale) ? 'Kontaktformular' : 'Contact form';
    frame.loading = 'lazy';
    frame.src = `${new URL(source).origin}/contact/${encodeURIComponent(company)}?framed=1&locale=${encodeURIComponent(locale)}`;
    root.append(frame);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-contact': SmoopeContact;
  }
}

// The script may stand on a page twice.
if (!customElements.get('smoope-contact')) customElements.define('smoope-contact', SmoopeContact);
