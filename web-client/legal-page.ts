import { fill } from './fill.ts';
import { html, type Html } from './html.ts';
import { englishAccessibility, germanAccessibility } from './legal/accessibility.ts';
import { companyPrivacy, type CompanyPrivacy } from './legal/company-privacy.ts';
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

function textOf(page: LegalPage, settings: PageSettings, data: LegalData): ReturnType<LegalText> {
  const { language } = pageTexts(settings.locale);
  const text = TEXTS[page][language] ?? TEXTS[page]['en'];
  if (!text) throw new Error(`There is no English text of ${page}.`);
  return text(data, settings.brand.name);
}

function renderLegal(settings: PageSettings, { title, content }: { title: string; content: Html }): string {
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

/** The page `/imprint`, `/privacy` or `/accessibility`, from the operator's legal data. Complete without any script. */
export function renderLegalPage(page: LegalPage, settings: PageSettings, data: LegalData): string {
  return renderLegal(settings, textOf(page, settings, data));
}

/** The page `/privacy/<slug>`, to which the chat and the form of a company lead: what the company answers for, then the service's notice. */
export function renderCompanyPrivacyPage(settings: PageSettings, data: LegalData, company: CompanyPrivacy): string {
  const { language, companyPrivacyTitle, ofTheService } = pageTexts(settings.locale);
  const { content } = textOf('privacy', settings, data);
  return renderLegal(settings, {
    title: fill(companyPrivacyTitle, { company: company.name }),
    content: html`${companyPrivacy(company, language)}
      <h2>${fill(ofTheService, { brand: settings.brand.name })}</h2>
      ${content}`,
  });
}
