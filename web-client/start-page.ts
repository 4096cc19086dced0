import { fill } from './fill.ts';
import { html } from './html.ts';
import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** What the start page says beyond what all pages share. */
export type StartPageSettings = PageSettings & {
  /** Country of the data centre, ISO 3166-1 alpha-2 (R2). */
  readonly dataCountry: string;
};

/** The start page `/`: what the service is, and the operator's own contact form and widget (R25). Readable before any script runs. */
export function renderStartPage(settings: StartPageSettings): string {
  const { brand, operator, dataCountry } = settings;
  const text = pageTexts(settings.locale);
  const place = new Intl.DisplayNames(text.language, { type: 'region' }).of(dataCountry) ?? dataCountry;
  const reasons = [
    [text.whyAccountTitle, text.whyAccount],
    [text.whyPlaceTitle, fill(text.whyPlace, { place })],
    [text.whyOpenTitle, text.whyOpen],
  ] as const;
  const content = html` <section class="hero">
      <div>
        <h1>${text.headline}</h1>
        <p class="lead">${fill(text.lead, { brand: brand.name })}</p>
        <p class="ways"><a class="button" href="#contact">${text.toForm}</a> <a href="/companies">${text.toCompanies}</a></p>
      </div>
      <div class="sample" aria-hidden="true">
        <p class="theirs">${text.sampleAsk}</p>
        <p class="who">${text.sampleName}</p>
        <p class="ours">${text.sampleAnswer}</p>
        <p class="theirs">${text.sampleThanks}</p>
      </div>
    </section>
    <section class="reasons" aria-labelledby="why">
      <h2 id="why">${text.whyTitle}</h2>
      <ul>
        ${reasons.map(
          ([title, reason]) =>
            html`<li>
              <h3>${title}</h3>
              <p>${reason}</p>
            </li>`,
        )}
      </ul>
    </section>
    <section class="contact" id="contact" aria-labelledby="contact-title">
      <div>
        <h2 id="contact-title">${text.contactTitle}</h2>
        <p>${fill(text.contactLead, { brand: brand.name })}</p>
        <p><a href="/privacy">${text.contactPrivacy}</a></p>
      </div>
      <div class="card">
        <smoope-contact-form company="${operator.slug}" locale="${text.language}"></smoope-contact-form>
        <noscript><p>${text.contactScript}</p></noscript>
      </div>
    </section>`;
  return renderPage({ settings, title: text.startTitle, description: text.startDescription, kind: 'start', content });
}
