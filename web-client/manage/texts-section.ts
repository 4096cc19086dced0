import { html, type TemplateResult } from 'lit';
import type { ManagedSettings } from '../../appservice/companies/manage-wire.ts';
import { fill } from '../fill.ts';
import { valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';

/** Languages of the service by their own names. */
export const LANGUAGES = { de: 'Deutsch', en: 'English' } as const;
/** See `LANGUAGES`. */
export type Language = keyof typeof LANGUAGES;
type Texts = NonNullable<ManagedSettings['texts'][Language]>;

/** A language in the words of another. */
export const languageIn = (language: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language;

/** Lays the texts of one language over all; what is empty is taken away. */
export function withTexts(texts: ManagedSettings['texts'], language: Language, changed: Readonly<Partial<Record<keyof Texts, string>>>) {
  const merged = { ...texts[language], ...changed };
  return { ...texts, [language]: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')) };
}

/** What the company says by itself, by language. */
export class TextsSection extends ManageSection {
  protected readonly heading = this.text.navTexts;
  protected override readonly lead = this.text.textsLead;

  private async saveLanguage(form: HTMLFormElement): Promise<void> {
    const { data, take } = this.managed;
    take(await data.set({ locale: valueOf(form, 'locale') === 'en' ? 'en' : 'de' }));
  }

  private async saveTexts(language: Language, form: HTMLFormElement): Promise<void> {
    const { data, company, take } = this.managed;
    const changed = Object.fromEntries(
      (['welcome', 'outOfHours', 'silenceWarning'] as const).map((name) => [name, valueOf(form, `texts.${language}.${name}`)]),
    );
    take(await data.set({ texts: withTexts(company.settings.texts, language, changed) }));
  }

  private renderLanguage(language: Language): TemplateResult {
    const { text } = this;
    const texts = this.managed.company.settings.texts[language] ?? {};
    const id = `texts-${language}`;
    const entry = (key: 'welcome' | 'outOfHours' | 'silenceWarning', label: string, hint: string): TemplateResult =>
      this.renderEntry(id, { name: `texts.${language}.${key}`, label, hint, fault: text.textFault, value: texts[key] ?? '', rows: 3 });
    return this.renderForm({
      id,
      title: fill(text.textsIn, { language: languageIn(language, this.locale) }),
      content: html`${entry('welcome', text.welcome, text.welcomeHint)} ${entry('outOfHours', text.outOfHours, text.outOfHoursHint)}
      ${entry('silenceWarning', text.silenceWarning, text.silenceWarningHint)}`,
      submit: (form) => this.saveTexts(language, form),
    });
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    return html`${this.renderForm({
        id: 'language',
        title: text.languageTitle,
        content: this.renderChoice('language', {
          name: 'locale',
          label: text.language,
          hint: text.languageHint,
          value: this.managed.company.settings.locale,
          options: Object.entries(LANGUAGES),
        }),
        submit: (form) => this.saveLanguage(form),
      })}
      ${Object.keys(LANGUAGES).map((language) => this.renderLanguage(language as Language))}
      <p class="hint">${text.greetingElsewhere} <a href="/manage/${this.managed.company.slug}/widget">${text.navWidget}</a></p>`;
  }
}
customElements.define('smoope-manage-texts', TextsSection);
