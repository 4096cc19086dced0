import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CompanyProfile } from '../../appservice/companies/company-directory-wire.ts';
import { fill } from '../fill.ts';
import { directory, DirectoryError, type DirectoryFault } from './companies-data.ts';
import { companiesTexts } from './companies-texts.ts';
import { wearColors } from './company-face.ts';
import { contactAddress, mailAddress, matrixAddress, pageAddress, shareLinks, writeAddress } from './company-links.ts';
import { renderFault } from './directory-fault.ts';
import { momentInWords, openingLines, otherZone } from './opening-hours.ts';
import { renderQrCode } from './qr-code.ts';

/** A company of the directory: who it is, when it answers, and the way to write to it. */
export class CompanyPage extends LitElement {
  static override properties = {
    slug: {},
    company: { state: true },
    fault: { state: true },
    said: { state: true },
  };

  private readonly locale = document.documentElement.lang;
  private readonly text = companiesTexts(this.locale);
  private loading: AbortController | undefined;

  declare private company: CompanyProfile | undefined;
  declare private fault: DirectoryFault | undefined;
  /** What was done, read out by screen readers. */
  declare private said: string;

  declare slug: string;

  constructor() {
    super();
    this.slug = '';
    this.company = undefined;
    this.fault = undefined;
    this.said = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.className = 'company in-company-colors';
    // The list it was found in may have been read far down.
    scrollTo(0, 0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.loading?.abort();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('slug')) void this.load();
    if (changed.has('company') || changed.has('fault')) this.showWho();
  }

  private showWho(): void {
    const { company, fault, text } = this;
    const brand = document.title.split(' · ').at(-1) ?? '';
    if (company !== undefined) wearColors(this, company);
    if (company !== undefined || fault !== undefined) document.title = `${company?.name ?? text.goneTitle} · ${brand}`;
  }

  private readonly load = async (): Promise<void> => {
    this.loading?.abort();
    const { signal } = (this.loading = new AbortController());
    Object.assign(this, { company: undefined, fault: undefined, said: '' });
    try {
      this.company = await directory.get(this.slug, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DirectoryError)) throw error;
      this.fault = error.fault;
    }
  };

  private readonly handleCopy = async (): Promise<void> => {
    const address = pageAddress(location.origin, this.slug);
    this.said = await navigator.clipboard.writeText(address).then(
      () => this.text.copied,
      () => fill(this.text.notCopied, { address }),
    );
  };

  /** A link that leaves our pages, marked for the eye and the ear. */
  private renderAway(href: string, label: string): TemplateResult {
    return html`<a class="away" href=${href} target="_blank" rel="noreferrer noopener external"
      >${label}<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 17 17 7M8 7h9v9" /></svg
      ><span class="unseen"> ${this.text.away}</span></a
    >`;
  }

  private renderHead(company: CompanyProfile): TemplateResult {
    const { text, locale } = this;
    const { title, greeting } = company.texts[locale.startsWith('de') ? 'de' : 'en'] ?? {};
    const { openNow, opensAt, businessHours } = company;
    return html`<header>
      <smoope-company-face class="large" .company=${company}></smoope-company-face>
      <div>
        <h1>${company.name}</h1>
        ${[title, greeting].map((words) => (words === undefined ? nothing : html`<p class="lead">${words}</p>`))}
        ${
          businessHours === null
            ? nothing
            : html`<p class="open" data-now=${openNow ? 'yes' : 'no'}>
                ${openNow ? text.openNow : text.closedNow}${
                  opensAt === null ? nothing : html` · ${fill(text.opensAt, { when: momentInWords(opensAt, locale) })}`
                }
              </p>`
        }
        <p class="action"><a class="button" href=${writeAddress(company.slug)}>${text.write}</a></p>
      </div>
    </header>`;
  }

  private renderHours({ businessHours }: CompanyProfile): TemplateResult {
    const { text, locale } = this;
    if (businessHours === null) return html`<p>${text.hoursNone}</p>`;
    const lines = openingLines(businessHours, locale, text);
    if (lines.length === 0) return html`<p>${text.hoursNever}</p>`;
    const zone = otherZone(businessHours, locale);
    return html`<dl class="hours">
        ${lines.map(
          ({ days, times }) =>
            html`<div>
              <dt>${days}</dt>
              <dd>${times}</dd>
            </div>`,
        )}
      </dl>
      <p class="hint">${text.hoursHint}${zone === undefined ? nothing : html` ${fill(text.hoursZone, { zone })}`}</p>`;
  }

  private renderAbout({ imprintUrl, privacyUrl, privacyContact, privacyPage }: CompanyProfile): TemplateResult {
    const { text } = this;
    const letter = privacyContact === null ? undefined : contactAddress(privacyContact);
    return html`<ul class="links">
      ${imprintUrl === null ? nothing : html`<li>${this.renderAway(imprintUrl, text.imprint)}</li>`}
      <li><a href=${privacyPage}>${text.privacyPage}</a></li>
      ${privacyUrl === null ? nothing : html`<li>${this.renderAway(privacyUrl, text.privacyUrl)}</li>`}
      ${
        privacyContact === null
          ? nothing
          : html`<li>
              ${text.privacyContact}:
              ${letter === undefined ? html`<span>${privacyContact}</span>` : html`<a href=${letter}>${privacyContact}</a>`}
            </li>`
      }
    </ul>`;
  }

  private renderShare({ name, slug }: CompanyProfile): TemplateResult {
    const { text, said } = this;
    const address = pageAddress(location.origin, slug);
    return html`<div class="share">
      <div>
        <p><button type="button" class="button second" @click=${this.handleCopy}>${text.copy}</button></p>
        <p class="said" role="status">${said}</p>
        <ul class="links">
          <li><a href=${mailAddress(name, address)}>${text.mail}</a></li>
          ${shareLinks(name, address).map(
            ({ network, href, privacyUrl }) =>
              html`<li class="pair">
                ${this.renderAway(href, network)} ${this.renderAway(privacyUrl, fill(text.privacyOf, { network }))}
              </li>`,
          )}
        </ul>
        <p class="hint">${text.shareHint}</p>
      </div>
      <figure>
        ${renderQrCode(address, text.qr)}
        <figcaption class="hint">${text.qrHint}</figcaption>
      </figure>
    </div>`;
  }

  private renderCompany(company: CompanyProfile): TemplateResult {
    const { text } = this;
    return html`${this.renderHead(company)}
      <section aria-labelledby="hours">
        <h2 id="hours">${text.hoursTitle}</h2>
        ${this.renderHours(company)}
      </section>
      <section aria-labelledby="about">
        <h2 id="about">${text.aboutTitle}</h2>
        ${this.renderAbout(company)}
      </section>
      <section aria-labelledby="share">
        <h2 id="share">${text.shareTitle}</h2>
        ${this.renderShare(company)}
      </section>
      <section aria-labelledby="matrix">
        <h2 id="matrix">${text.matrixTitle}</h2>
        <p class="hint">${fill(text.matrixHint, { id: company.matrixUserId })}</p>
        <p><a href=${matrixAddress(company.matrixUserId)}>${text.matrix}</a></p>
      </section>`;
  }

  private renderFault(fault: DirectoryFault): TemplateResult {
    const { text } = this;
    if (fault === 'gone')
      return html`<h1>${text.goneTitle}</h1>
        <p class="lead">${text.gone}</p>
        <p><a class="button" href="/companies">${text.toAll}</a></p>`;
    return renderFault(fault, text, () => void this.load());
  }

  protected override render(): TemplateResult {
    const { text, company, fault } = this;
    return html`<p class="back"><a href="/companies">${text.title}</a></p>
      ${
        fault !== undefined
          ? this.renderFault(fault)
          : company === undefined
            ? html`<p class="wait">${text.waiting}</p>`
            : this.renderCompany(company)
      }`;
  }
}
customElements.define('smoope-company', CompanyPage);

/** The view of a company. */
export const renderCompany = ({ slug = '' }: Readonly<Record<string, string>>): TemplateResult =>
  html`<smoope-company slug=${slug}></smoope-company>`;
