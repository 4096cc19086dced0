import { html, nothing, type TemplateResult } from 'lit';
import { EntryFault, isTicked, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';
import { readImage } from './read-image.ts';

/** What people see of the company everywhere: name, logo, and whether it stands in the directory. */
export class AppearanceSection extends ManageSection {
  protected readonly heading = this.text.navAppearance;

  private readonly handleLogo = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    event.stopPropagation();
    input.value = '';
    if (file === undefined) return;
    const { data, take } = this.managed;
    void this.attempt('logo', async () => take(await data.setLogo(await readImage(file, '', this.text.pictureFault))));
  };

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const { data, company, take } = this.managed;
    return html`${this.renderForm({
        id: 'name',
        title: text.nameTitle,
        content: this.renderEntry('name', {
          name: 'name',
          label: text.companyName,
          hint: text.companyNameHint,
          fault: text.companyNameFault,
          value: company.name,
        }),
        submit: async (form) => {
          const name = valueOf(form, 'name');
          if (name === '') throw new EntryFault('name', text.companyNameFault);
          take(await data.rename(name));
        },
      })}
      <section class="part" aria-labelledby="logo-title">
        <h2 id="logo-title">${text.logoTitle}</h2>
        <p class="hint">${text.logoHint}</p>
        ${
          company.hasLogo && company.status === 'live'
            ? html`<img class="logo" src="/api/v1/companies/${company.slug}/logo" alt=${text.logoAlt} width="96" height="96" />`
            : html`<p class="hint">${company.hasLogo ? text.logoSet : text.logoNone}</p>`
        }
        <div class="form-end">
          <label class="upload"
            >${company.hasLogo ? text.pictureOther : text.pictureChoose} <span class="sr">${text.logoTitle}</span>
            <input type="file" accept="image/png,image/jpeg,image/webp" @change=${this.handleLogo} />
          </label>
          ${
            company.hasLogo
              ? html`<button
                  class="quiet"
                  type="button"
                  @click=${() => void this.attempt('logo', async () => take(await data.setLogo(null)))}
                >
                  ${text.pictureRemove}
                </button>`
              : nothing
          }
          ${this.renderState('logo')}
        </div>
      </section>
      ${this.renderForm({
        id: 'directory',
        title: text.directoryTitle,
        content: this.renderTick({ name: 'listed', label: text.listed, hint: text.listedHint, ticked: company.settings.listed }),
        submit: async (form) => take(await data.set({ listed: isTicked(form, 'listed') })),
      })}`;
  }
}
customElements.define('smoope-manage-appearance', AppearanceSection);
