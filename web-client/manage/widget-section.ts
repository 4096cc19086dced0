import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ColorsView } from '../../appservice/companies/manage-wire.ts';
import { fill } from '../fill.ts';
import { linesOf, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';
import { languageIn, LANGUAGES, withTexts, type Language } from './texts-section.ts';
import './widget-preview.ts';

const COLOR = /^#[0-9a-f]{6}$/i;

/** The widget on the company's website: where it may stand, how it looks, what it says first. */
export class WidgetSection extends ManageSection {
  static override properties: PropertyDeclarations = {
    ...ManageSection.properties,
    colors: { state: true },
    shown: { state: true },
    copied: { state: true },
    onButton: { state: true },
  };

  declare private colors: ColorsView | undefined;
  /** What stands in the form now, saved or not. */
  declare private shown: { readonly color: string; readonly title: string; readonly greeting: string };
  declare private copied: boolean;
  /** The saved colour as it can be read on the button, which works nothing out by itself. */
  declare private onButton: string;
  protected readonly heading = this.text.navWidget;
  protected override readonly lead = this.text.widgetLead;
  private turn = 0;

  protected override async load(): Promise<void> {
    const { color, locale, texts } = this.managed.company.settings;
    this.copied = false;
    this.shown = { color, title: texts[locale]?.title ?? '', greeting: texts[locale]?.greeting ?? '' };
    this.colors = await this.managed.data.colors(color);
    this.onButton = this.colors.color;
  }

  private readonly handleInput = (event: Event): void => {
    const form = (event.target as HTMLElement).closest('form');
    if (form?.id !== 'look') return;
    const { locale } = this.managed.company.settings;
    // The two inputs of the colour are one value.
    const changed = event.target as HTMLInputElement;
    if (changed.name === 'picked') (form.elements.namedItem('color') as HTMLInputElement).value = changed.value;
    const color = valueOf(form, 'color');
    if (changed.name === 'color' && COLOR.test(color)) (form.elements.namedItem('picked') as HTMLInputElement).value = color.toLowerCase();
    const [title, greeting] = [valueOf(form, `texts.${locale}.title`), valueOf(form, `texts.${locale}.greeting`)];
    const isOther = COLOR.test(color) && color !== this.shown.color;
    this.shown = { color: isOther ? color : this.shown.color, title, greeting };
    if (isOther) void this.look(color);
  };

  private async look(color: string): Promise<void> {
    const turn = ++this.turn;
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (turn !== this.turn) return;
    const colors = await this.managed.data.colors(color).catch(() => undefined);
    if (turn === this.turn && colors !== undefined) this.colors = colors;
  }

  private async saveLook(form: HTMLFormElement): Promise<void> {
    const { data, company, take } = this.managed;
    let { texts } = company.settings;
    for (const language of Object.keys(LANGUAGES) as Language[]) {
      const [title, greeting] = [valueOf(form, `texts.${language}.title`), valueOf(form, `texts.${language}.greeting`)];
      const changed = withTexts(texts, language, { title, greeting });
      // A language without texts is no language of the company.
      texts = Object.keys(changed[language] ?? {}).length > 0 || language in texts ? changed : texts;
    }
    const color = valueOf(form, 'color');
    take(await data.set({ color, texts }));
    this.onButton = (await data.colors(color)).color;
    this.copied = false;
  }

  private renderContrast(): TemplateResult {
    const { text, locale, colors, shown } = this;
    if (colors === undefined) return html`<p class="hint"></p>`;
    const number = (value: number): string => value.toLocaleString(locale, { maximumFractionDigits: 1 });
    const isShifted = colors.color.toLowerCase() !== shown.color.toLowerCase();
    const isShiftedDark = colors.darkColor.toLowerCase() !== shown.color.toLowerCase();
    const said = fill(text.contrast, { light: number(colors.text.light), dark: number(colors.text.dark) });
    return html`<p class="hint" role="status">
      ${said} ${isShifted ? fill(text.shiftedLight, { color: colors.color }) : text.notShifted}
      ${isShiftedDark ? fill(text.shiftedDark, { color: colors.darkColor }) : ''}
    </p>`;
  }

  private renderLook(): TemplateResult {
    const { text, shown } = this;
    const { company } = this.managed;
    const { color, texts } = company.settings;
    const content = html`<div class="field">
        <label for="look-color">${text.color}</label>
        ${this.faultAt('look', 'color') === undefined ? '' : html`<p class="fault" id="look-color-fault">${this.faultAt('look', 'color')}</p>`}
        <div class="color-pair">
          <input
            id="look-color"
            name="color"
            .defaultValue=${color}
            maxlength="7"
            spellcheck="false"
            autocomplete="off"
            data-fault=${text.colorFault}
            aria-invalid=${this.faultAt('look', 'color') === undefined ? 'false' : 'true'}
          />
          <input type="color" name="picked" .defaultValue=${color.toLowerCase()} aria-label=${text.colorPick} />
        </div>
        ${this.renderContrast()}
      </div>
      ${Object.keys(LANGUAGES).map((language) => {
        const { title = '', greeting = '' } = texts[language as Language] ?? {};
        return html`${this.renderEntry('look', {
          name: `texts.${language}.title`,
          label: fill(text.widgetTitle, { language: languageIn(language, this.locale) }),
          fault: text.widgetTitleFault,
          value: title,
        })}
        ${this.renderEntry('look', {
          name: `texts.${language}.greeting`,
          label: fill(text.widgetGreeting, { language: languageIn(language, this.locale) }),
          fault: text.widgetGreetingFault,
          value: greeting,
          rows: 2,
        })}`;
      })}
      <h3>${text.previewTitle}</h3>
      <p class="hint">${text.previewHint}</p>
      <smoope-widget-preview
        .colors=${this.colors}
        .heading=${shown.title === '' ? company.name : shown.title}
        .greeting=${shown.greeting === '' ? text.previewGreeting : shown.greeting}
        .light=${text.previewLight}
        .dark=${text.previewDark}
      ></smoope-widget-preview>`;
    return this.renderForm({ id: 'look', title: text.lookTitle, content, submit: (form) => this.saveLook(form) });
  }

  private renderSnippet(): TemplateResult {
    const { text } = this;
    const { company } = this.managed;
    const snippet = `<script src="${location.origin}/widget.js" data-company="${company.slug}" data-color="${this.onButton}" async></script>`;
    const copy = async (): Promise<void> => {
      await navigator.clipboard.writeText(snippet);
      this.copied = true;
    };
    return html`<section class="part" aria-labelledby="snippet-title">
      <h2 id="snippet-title">${text.snippetTitle}</h2>
      <p class="hint">${text.snippetLead}</p>
      <pre class="code" tabindex="0" aria-label=${text.snippetTitle}><code>${snippet}</code></pre>
      <div class="form-end">
        <button class="button second" type="button" @click=${() => void copy()}>${text.copy}</button>
        <p class="form-state saved" role="status">${this.copied ? text.copied : ''}</p>
      </div>
    </section>`;
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const { data, company, take } = this.managed;
    return html`<div @input=${this.handleInput}>
      ${this.renderForm({
        id: 'origins',
        title: text.originsTitle,
        content: this.renderEntry('origins', {
          name: 'origins',
          label: text.origins,
          hint: text.originsHint,
          fault: text.originsFault,
          value: company.settings.origins.join('\n'),
          rows: 3,
        }),
        submit: async (form) => take(await data.set({ origins: linesOf(valueOf(form, 'origins')) })),
      })}
      ${this.renderSnippet()} ${this.renderLook()}
    </div>`;
  }
}
customElements.define('smoope-manage-widget', WidgetSection);
