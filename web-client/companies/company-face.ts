import { html, LitElement, type TemplateResult } from 'lit';
import type { ListedCompany } from '../../appservice/companies/company-directory-wire.ts';
import { initialsOf } from './initials.ts';

/** Hands a company's colours to the styles of an element; a page takes no inline styles, but a script may set properties. */
export function wearColors({ style }: HTMLElement, { color, onColor, darkColor, onDarkColor }: ListedCompany): void {
  style.setProperty('--light', color);
  style.setProperty('--on-light', onColor);
  style.setProperty('--dark', darkColor);
  style.setProperty('--on-dark', onDarkColor);
}

/** What a company is recognised by: its logo, or its initials on its colour. It says nothing: the name stands beside it. */
export class CompanyFace extends LitElement {
  static override properties = { company: { attribute: false }, isBroken: { state: true } };

  declare company: ListedCompany | undefined;
  declare private isBroken: boolean;

  constructor() {
    super();
    this.company = undefined;
    this.isBroken = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add('company-face', 'in-company-colors');
    this.setAttribute('aria-hidden', 'true');
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('company')) this.isBroken = false;
  }

  protected override updated(): void {
    if (this.company !== undefined) wearColors(this, this.company);
  }

  private readonly handleBroken = (): void => {
    this.isBroken = true;
  };

  protected override render(): TemplateResult {
    const { logo = null, name = '' } = this.company ?? {};
    if (logo === null || this.isBroken) return html`<span>${initialsOf(name)}</span>`;
    return html`<img src=${logo} alt="" loading="lazy" @error=${this.handleBroken} />`;
  }
}
customElements.define('smoope-company-face', CompanyFace);
