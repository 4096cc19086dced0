import type { LoaderToPanel, PanelToLoader } from '../appservice/visitors/panel-wire.ts';
import { makeFrame, type Frame } from './frame.ts';
import type { SmoopeCommands } from './smoope-window.ts';

/** Commands that the panel itself carries out. */
type PanelCommand = Exclude<LoaderToPanel['type'], 'shown' | 'hidden' | 'settings'>;

const STYLES = `
  :host { display: block; height: 600px; }
  :host([hidden]) { display: none; }
  iframe { display: block; width: 100%; height: 100%; border: 0; }`;

// Before the script tag is gone from `currentScript`: the panel comes from where this script came from.
const source = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;

/**
 * A company's chat as part of a page: `<smoope-chat company="acme"></smoope-chat>`. The panel is fetched when the element comes
 * near the visible part of the page; as with the button, nothing is stored before the first message.
 * Attributes: `company` (slug), `locale` (BCP 47, else the page's). Events: as `SmoopeEvents`, with `detail`, except `opened` and `closed`.
 */
export class SmoopeChat extends HTMLElement {
  private frame: Frame | undefined;

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const locale = this.getAttribute('locale') || document.documentElement.lang || navigator.language;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [sheet];
    this.frame = makeFrame(new URL(source).origin, this.getAttribute('company') ?? '', (message) => this.receive(message));
    this.frame.element.loading = 'lazy';
    // So that the panel draws no button to close it.
    this.frame.element.name = 'part';
    this.frame.load(locale);
    root.append(this.frame.element);
  }

  private receive(message: PanelToLoader): void {
    if (message.type === 'ready') this.frame?.tell({ type: 'shown' });
    this.dispatchEvent(new CustomEvent(message.type, { detail: message }));
  }

  /** Carries out a command of `SmoopeCommands` that is for the panel. */
  command<Name extends PanelCommand>(name: Name, ...[value]: SmoopeCommands[Name]): void {
    this.frame?.tell({ type: name, value } as LoaderToPanel);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-chat': SmoopeChat;
  }
}

// The script may stand on a page twice.
if (!customElements.get('smoope-chat')) customElements.define('smoope-chat', SmoopeChat);
