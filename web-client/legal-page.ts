import { html } from './html.ts';
import { englishAccessibility, germanAccessibility } from './legal/accessibility.ts';
import { englishImprint, germanImprint } from './legal/imprint.ts';
import type { LegalData, LegalText } from './legal/legal-data.ts';
import { englishPrivacy, germanPrivacy } from './legal/privacy.ts';
import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** The legal pages, by the last part of their address. */
export type LegalPage = 'imprint' | 'privacy' | 'accessibility';

const TEXTS: Readonly<Record<LegalPage, Readonly<Record<string, LegalText>>>> = {
  imprint: { de: germanImprint, en: englishImprint },
  privacy: { de: germanPrivacy, en: englishPrivacy },
  accessibility: { de: germanAccessibility, en: englishAccessibility },
};

/** The page `/imprint`, `/privacy` or `/accessibility`, from the operator's legal data. Complete without any script. */
export function renderLegalPage(page: LegalPage, settings: PageSettings, data: LegalData): string {
  const { language } = pageTexts(settings.locale);
  const text = TEXTS[page][language] ?? TEXTS[page]['en'];
  if (!text) throw new Error(`There is no English text of ${page}.`);
  const { title, content } = text(data, settings.brand.name);
  return renderPage({
    settings,
    title,
    kind: 'plain',
    content: html`<section class="legal">
      <h1>${title}</h1>
      ${content}
    </section>`,
  });
}
