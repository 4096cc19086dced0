import { html, nothing, type TemplateResult } from 'lit';
import type { ProfileView } from '../../appservice/profiles/profile-wire.ts';
import type { AccountFault } from './account-api.ts';
import { fill } from './account-texts.ts';
import { AccountView, type Faults } from './account-view.ts';
import { stateOf } from '../go-to.ts';
import { ownProfile } from './profile-data.ts';
import { profileTexts } from './profile-texts.ts';

/** Languages by their own names, which nobody has to know another language for. */
const LANGUAGES = { de: 'Deutsch', en: 'English' } as const;

const PICTURE_LIMIT = 10 * 1024 * 1024;
const PICTURE_TYPES = 'image/jpeg,image/png,image/webp';

/** What readers take for the first letter, marks and all. */
const initialOf = (name: string): string => [...new Intl.Segmenter().segment(name)][0]?.segment ?? '';

/** What somebody says of themselves: picture, names, language. */
export class OwnProfile extends AccountView {
  static override properties = { profile: { state: true } };

  declare private profile: ProfileView | undefined;
  private readonly words = profileTexts(this.locale);
  protected readonly heading = this.words.title;

  protected override firstUpdated(): void {
    void this.begin(async () => {
      this.profile = await ownProfile.get();
      // After a change of the language the page was loaded anew, and says what was done.
      if (stateOf()['saved'] === true) this.said = this.words.saved;
      history.replaceState(null, '', location.pathname);
    });
  }

  protected override explain(fault: AccountFault): Faults {
    const { words } = this;
    if (fault.field === 'alias' || fault.field === 'firstName' || fault.field === 'lastName') return { [fault.field]: words.faultName };
    if (fault.code === 'COM_SMOOPE_MEDIA_TYPE' || fault.code === 'COM_SMOOPE_MEDIA_INFECTED') return { picture: words.pictureType };
    if (fault.code === 'M_TOO_LARGE') return { picture: words.pictureLarge };
    return super.explain(fault);
  }

  private readonly handleChoose = (): void => this.querySelector<HTMLInputElement>('input[name="picture"]')?.click();

  private readonly handlePicture = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file may be chosen once more.
    input.value = '';
    if (file === undefined) return;
    if (file.size > PICTURE_LIMIT) return void this.refuse({ picture: this.words.pictureLarge });
    void this.attempt(async () => {
      this.profile = await ownProfile.setPicture(file);
      this.said = this.words.pictureSaved;
    });
  };

  private readonly handleRemove = (): void => {
    void this.attempt(async () => {
      await ownProfile.removePicture();
      if (this.profile !== undefined) this.profile = { ...this.profile, picture: null };
      this.said = this.words.pictureRemoved;
      await this.updateComplete;
      this.querySelector<HTMLElement>('.portrait button')?.focus();
    });
  };

  private readonly handleSave = (event: SubmitEvent): void => {
    event.preventDefault();
    const { words } = this;
    const [firstName, lastName, alias] = [this.entered('firstName'), this.entered('lastName'), this.entered('alias')];
    const locale = this.querySelector<HTMLSelectElement>('select')?.value === 'en' ? 'en' : 'de';
    if (firstName === '' || lastName === '') {
      const missing = (['firstName', 'lastName'] as const).filter((name) => this.entered(name) === '');
      return void this.refuse(Object.fromEntries(missing.map((name) => [name, words.faultName])));
    }
    void this.attempt(async () => {
      this.profile = await ownProfile.change({ firstName, lastName, alias: alias === '' ? null : alias, locale });
      if (this.locale.startsWith(locale)) {
        this.said = words.saved;
        return;
      }
      history.replaceState({ saved: true }, '', location.pathname);
      location.reload();
    });
  };

  private renderPicture({ picture, displayName }: ProfileView): TemplateResult {
    const { words, faults } = this;
    const fault = faults['picture'];
    return html`<section aria-labelledby="picture-title">
      <h2 id="picture-title">${words.pictureTitle}</h2>
      <p class="hint" id="picture-hint">${words.pictureWhy}</p>
      ${fault === undefined ? nothing : html`<p class="fault" id="picture-fault" role="alert">${fault}</p>`}
      <div class="portrait">
        ${
          picture === null
            ? html`<span class="face" aria-hidden="true">${initialOf(displayName)}</span>`
            : html`<img class="face" src=${picture} alt=${words.pictureOwn} width="96" height="96" />`
        }
        <div>
          <button
            class="button second"
            type="button"
            aria-describedby="picture-hint${fault === undefined ? '' : ' picture-fault'}"
            aria-disabled=${this.busy ? 'true' : 'false'}
            @click=${this.handleChoose}
          >
            ${picture === null ? words.pictureChoose : words.pictureOther}
          </button>
          ${
            picture === null
              ? nothing
              : html`<button class="quiet" type="button" @click=${this.handleRemove}>${words.pictureRemove}</button>`
          }
        </div>
        <input name="picture" type="file" accept=${PICTURE_TYPES} hidden @change=${this.handlePicture} />
      </div>
    </section>`;
  }

  private renderLanguage({ locale }: ProfileView): TemplateResult {
    const { words } = this;
    return html`<div class="field">
      <label for="language">${words.language}</label>
      <p class="hint" id="language-hint">${words.languageHint}</p>
      <select id="language" name="language" aria-describedby="language-hint">
        ${Object.entries(LANGUAGES).map(
          ([tag, name]) => html`<option value=${tag} lang=${tag} ?selected=${tag === locale}>${name}</option>`,
        )}
      </select>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { words, profile } = this;
    if (profile === undefined)
      return html`<h1>${this.heading}</h1>
        ${this.renderFault()}`;
    const { firstName, lastName, alias } = profile;
    return html`<h1>${this.heading}</h1>
      <p class="lead">${fill(words.lead, { name: profile.displayName })}</p>
      ${this.renderFault()}${this.renderSaid()} ${this.renderPicture(profile)}
      <h2>${words.detailsTitle}</h2>
      <form novalidate @submit=${this.handleSave}>
        ${this.renderField({
          name: 'firstName',
          label: words.firstName,
          autocomplete: 'given-name',
          hint: words.firstNameHint,
          value: firstName,
        })}
        ${this.renderField({
          name: 'lastName',
          label: words.lastName,
          autocomplete: 'family-name',
          hint: words.lastNameHint,
          value: lastName,
        })}
        ${this.renderField({ name: 'alias', label: words.alias, autocomplete: 'off', hint: words.aliasHint, value: alias ?? '' })}
        ${this.renderLanguage(profile)} ${this.renderButton(words.save)}
      </form>
      <p class="hint after">${words.howLong}</p>
      <p class="more"><a href="/account">${words.toAccount}</a></p>`;
  }
}
customElements.define('smoope-own-profile', OwnProfile);

/** The view. */
export const renderOwnProfile = (): TemplateResult => html`<smoope-own-profile class="own"></smoope-own-profile>`;
