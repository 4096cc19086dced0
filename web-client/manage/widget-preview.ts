import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ColorsView } from '../../appservice/companies/manage-wire.ts';

/**
 * How button and head of the panel will look, on a light and on a dark website: a drawing in the colours that the server works out, not the
 * panel itself.
 */
export class WidgetPreview extends LitElement {
  static override properties: PropertyDeclarations = { colors: { attribute: false }, heading: {}, greeting: {}, light: {}, dark: {} };

  declare colors: ColorsView | undefined;
  declare heading: string;
  declare greeting: string;
  /** What the two drawings are called. */
  declare light: string;
  declare dark: string;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    const { colors } = this;
    if (colors === undefined) return;
    const pairs = { light: [colors.color, colors.onColor], dark: [colors.darkColor, colors.onDarkColor] } as const;
    // Set by script: the page has no inline styles.
    for (const [ground, [color, onColor]] of Object.entries(pairs)) {
      const figure = this.querySelector<HTMLElement>(`.on-${ground}`);
      figure?.style.setProperty('--shown', color);
      figure?.style.setProperty('--on-shown', onColor);
    }
  }

  private renderOn(ground: 'light' | 'dark', caption: string): TemplateResult {
    return html`<figure class="on-${ground}">
      <figcaption>${caption}</figcaption>
      <div class="panel">
        <p class="head">${this.heading}</p>
        <p class="greeting">${this.greeting}</p>
      </div>
      <span class="launcher" aria-hidden="true"></span>
    </figure>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="previews">${this.renderOn('light', this.light)}${this.renderOn('dark', this.dark)}</div>`;
  }
}
customElements.define('smoope-widget-preview', WidgetPreview);
