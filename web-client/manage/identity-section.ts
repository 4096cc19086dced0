import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { AddedIdentityKey, IdentityKeyDetails } from '../../appservice/identities/identity-key-wire.ts';
import { fill } from '../fill.ts';
import { EntryFault, isTicked, numberOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';

/** What a website runs to say who is signed in there, as in the documentation of the widget. */
const sampleOf = (audience: string): string => `import { SignJWT } from 'jose';

const token = await new SignJWT({ name: 'Erika' })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject('user-4711')
  .setAudience('${audience}')
  .setExpirationTime('5m')
  .setJti(crypto.randomUUID())
  .sign(new TextEncoder().encode(process.env.SMOOPE_KEY));

// In the page: Smoope('identify', token);`;

/** Keys with which the company's website says who its users are. */
export class IdentitySection extends ManageSection {
  static override properties: PropertyDeclarations = { ...ManageSection.properties, keys: { state: true }, added: { state: true } };

  declare private keys: readonly IdentityKeyDetails[];
  /** The key that was made now: its secret is shown once. */
  declare private added: AddedIdentityKey | undefined;
  protected readonly heading = this.text.navIdentity;
  protected override readonly lead = this.text.identityLead;

  protected override async load(): Promise<void> {
    this.keys = await this.managed.data.keys();
  }

  private readonly handleAdd = (): void => {
    void this.attempt(
      'add-key',
      async () => {
        this.added = await this.managed.data.addKey();
        await this.load();
        await this.updateComplete;
        this.querySelector<HTMLElement>('.secret')?.focus();
      },
      undefined,
      this.text.keysTwo,
    );
  };

  private renderKey({ id, algorithm, createdAt }: IdentityKeyDetails): TemplateResult {
    const { text, locale } = this;
    const day = new Date(createdAt).toLocaleDateString(locale, { dateStyle: 'long' });
    const revoking = {
      label: text.keyRevoke,
      question: text.keyRevokeQuestion,
      confirm: text.keyRevokeConfirm,
      work: async () => {
        await this.managed.data.revokeKey(id);
        if (this.added?.id === id) this.added = undefined;
        await this.load();
      },
    };
    return html`<li class="line">
      <div><strong>${algorithm}</strong> · ${fill(text.keySince, { day })}</div>
      ${this.renderAsk(`key-${id}`, revoking)}
    </li>`;
  }

  protected override renderReady(): TemplateResult {
    const { text, keys, added } = this;
    const { data, company, take } = this.managed;
    const audience = `${location.origin}/widget/${company.slug}`;
    const { required, maxAgeHours } = company.settings.identity;
    return html`<section class="part" aria-labelledby="keys-title">
        <h2 id="keys-title">${text.keysTitle}</h2>
        <p class="hint">${text.keysLead}</p>
        ${
          keys.length === 0
            ? html`<p class="hint none">${text.keysNone}</p>`
            : html`<ul class="lines">
                ${keys.map((key) => this.renderKey(key))}
              </ul>`
        }
        ${
          added === undefined
            ? nothing
            : html`<div class="once">
                <p><strong>${text.keyOnce}</strong></p>
                <pre class="code secret" tabindex="0" aria-label=${text.keySecret}><code>${added.secret}</code></pre>
              </div>`
        }
        <div class="form-end">
          <button class="button" type="button" @click=${this.handleAdd}>${text.keyAdd}</button>${this.renderState('add-key')}
        </div>
      </section>
      <section class="part" aria-labelledby="sample-title">
        <h2 id="sample-title">${text.sampleTitle}</h2>
        <p class="hint">${text.sampleLead}</p>
        <pre class="code" tabindex="0" aria-label=${text.sampleTitle}><code>${sampleOf(added?.audience ?? audience)}</code></pre>
      </section>
      ${this.renderForm({
        id: 'identity',
        title: text.requiredTitle,
        content: html`${this.renderTick({ name: 'required', label: text.required, hint: text.requiredHint, ticked: required })}
        ${this.renderEntry('identity', {
          name: 'identity.maxAgeHours',
          label: text.maxAge,
          hint: text.maxAgeHint,
          fault: text.maxAgeFault,
          value: String(maxAgeHours),
          inputmode: 'decimal',
        })}`,
        submit: async (form) => {
          const hours = numberOf(form, 'identity.maxAgeHours', text.maxAgeFault);
          if (hours === undefined) throw new EntryFault('identity.maxAgeHours', text.maxAgeFault);
          take(await data.set({ identity: { required: isTicked(form, 'required'), maxAgeHours: hours } }));
        },
      })}`;
  }
}
customElements.define('smoope-manage-identity', IdentitySection);
