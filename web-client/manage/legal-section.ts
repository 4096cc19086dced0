import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { AgreementText, AgreementView } from '../../appservice/companies/manage-wire.ts';
import { fill } from '../fill.ts';
import { EntryFault, isTicked, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';

/** The agreement as a text to keep, with who accepted it. */
export function agreementFile({ title, version, sections }: AgreementText, accepted: string): string {
  const parts = sections.map((section) => [section.title, ...section.text].join('\n\n'));
  return [title, version, ...parts, accepted].filter((part) => part !== '').join('\n\n\n');
}

/** Imprint, privacy, and the processing agreement. */
export class LegalSection extends ManageSection {
  static override properties: PropertyDeclarations = { ...ManageSection.properties, agreement: { state: true } };

  declare private agreement: AgreementView;
  protected readonly heading = this.text.navLegal;
  protected override readonly lead = this.text.legalLead;

  protected override async load(): Promise<void> {
    this.agreement = await this.managed.data.agreement(/^de\b/i.test(this.locale) ? 'de' : 'en');
  }

  private async saveAddresses(form: HTMLFormElement): Promise<void> {
    const { data, take } = this.managed;
    const given = (name: string): string | null => valueOf(form, name) || null;
    take(await data.set({ imprintUrl: given('imprintUrl'), privacyUrl: given('privacyUrl'), privacyContact: given('privacyContact') }));
  }

  private async accept(form: HTMLFormElement): Promise<void> {
    const { data, take } = this.managed;
    const { text } = this;
    const acceptedBy = valueOf(form, 'acceptedBy');
    if (acceptedBy === '') throw new EntryFault('acceptedBy', text.acceptedByFault);
    if (!isTicked(form, 'read')) throw new EntryFault('read', text.agreementTickFault);
    take(await data.accept(this.agreement.version, acceptedBy));
    await this.load();
  }

  private acceptedInWords(): string {
    const { text, locale } = this;
    return this.agreement.acceptances
      .map(({ version, acceptedBy, acceptedAt }) =>
        fill(text.accepted, {
          version,
          by: acceptedBy,
          at: new Date(acceptedAt).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' }),
        }),
      )
      .join('\n');
  }

  private readonly handleDownload = (): void => {
    const { text } = this.agreement;
    if (text === null) return;
    const address = URL.createObjectURL(new Blob([agreementFile(text, this.acceptedInWords())], { type: 'text/plain;charset=utf-8' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: `agreement-${text.version}.txt` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  private renderAgreement(): TemplateResult {
    const { text, agreement } = this;
    const isInForce = agreement.acceptances[0]?.version === agreement.version;
    const fault = this.faultAt('agreement', 'read');
    return html`<section class="part" aria-labelledby="agreement-title">
        <h2 id="agreement-title">${text.agreementTitle}</h2>
        <p class="hint">${fill(text.agreementLead, { version: agreement.version })}</p>
        ${agreement.acceptances.length === 0 ? html`<p class="waiting">${text.agreementMissing}</p>` : html`<p class="lines-of-text">${this.acceptedInWords()}</p>`}
        ${
          agreement.text === null
            ? html`<p class="hint">${text.agreementElsewhere}</p>`
            : html`<details>
                  <summary>${text.agreementRead}</summary>
                  <article class="agreement">
                    <h3>${agreement.text.title}</h3>
                    ${agreement.text.sections.map(
                      (section) =>
                        html`<h4>${section.title}</h4>
                          ${section.text.map((paragraph) => html`<p>${paragraph}</p>`)}`,
                    )}
                  </article>
                </details>
                <button class="button second" type="button" @click=${this.handleDownload}>${text.agreementDownload}</button>`
        }
      </section>
      ${
        isInForce
          ? nothing
          : this.renderForm({
              id: 'agreement',
              title: text.agreementAccept,
              save: text.agreementAcceptNow,
              content: html`${this.renderEntry('agreement', {
                  name: 'acceptedBy',
                  label: text.acceptedBy,
                  hint: text.acceptedByHint,
                  fault: text.acceptedByFault,
                })}
                <div class="field">
                  ${fault === undefined ? nothing : html`<p class="fault" id="agreement-read-fault">${fault}</p>`}
                  <label class="tick"
                    ><input
                      type="checkbox"
                      name="read"
                      aria-invalid=${fault === undefined ? 'false' : 'true'}
                      aria-describedby=${fault === undefined ? nothing : 'agreement-read-fault'}
                    />${text.agreementTick}</label
                  >
                </div>`,
              submit: (form) => this.accept(form),
            })
      }`;
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const { imprintUrl, privacyUrl, privacyContact } = this.managed.company.settings;
    return html`${this.renderForm({
      id: 'legal',
      title: text.addressesTitle,
      content: html`${this.renderEntry('legal', {
        name: 'imprintUrl',
        label: text.imprint,
        hint: text.imprintHint,
        fault: text.webFault,
        value: imprintUrl ?? '',
        inputmode: 'url',
      })}
      ${this.renderEntry('legal', { name: 'privacyUrl', label: text.privacyUrl, hint: text.privacyUrlHint, fault: text.webFault, value: privacyUrl ?? '', inputmode: 'url' })}
      ${this.renderEntry('legal', {
        name: 'privacyContact',
        label: text.privacyContact,
        hint: text.privacyContactHint,
        fault: text.privacyContactFault,
        value: privacyContact ?? '',
      })}`,
      submit: (form) => this.saveAddresses(form),
    })}
    ${this.renderAgreement()}`;
  }
}
customElements.define('smoope-manage-legal', LegalSection);
