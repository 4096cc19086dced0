import { html, jsonBlock, type Html } from './html.ts';
import { pageTexts } from './locales/page-texts.ts';

/** What every page of the service needs to know; the server fills it in. */
export type PageSettings = {
  /** Language of the page; languages without texts read English. */
  readonly locale: string;
  /** Name of the service and its colours, each checked for contrast. */
  readonly brand: {
    readonly name: string;
    readonly color: string;
    readonly onColor: string;
    readonly darkColor: string;
    readonly onDarkColor: string;
  };
  /** The operator as a company on its own service (R25). */
  readonly operator: { readonly slug: string; readonly name: string };
  /** Address of the widget's loader. */
  readonly widgetUrl: string;
  /** Client-server API of the homeserver, for the views that speak Matrix. */
  readonly homeserverUrl: string;
  /** Types of files that may be sent; what they are is found from the content. */
  readonly fileTypes: readonly string[];
  /** Addresses of scripts (modules) and style sheets on our origin. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
};

/** Parts of one page. */
export type PageParts = {
  readonly settings: PageSettings;
  /** Title, without the name of the service. */
  readonly title: string;
  /** One sentence for search engines. */
  readonly description?: string;
  /** Class of the body. */
  readonly kind: string;
  /** What stands in `<main>`; undefined for a page whose content the router draws. */
  readonly content: Html | undefined;
  /** Whether the operator's widget stands on it; it does where nothing else is said. */
  readonly widget?: boolean;
};

/** Colours of the brand travel as data: the script puts them into a style sheet, because a page has no inline styles. */
export function renderPage({ settings, title, description, kind, content, widget = true }: PageParts): string {
  const { locale, brand, operator, widgetUrl, homeserverUrl, fileTypes, scripts, styles } = settings;
  const text = pageTexts(locale);
  const page = html`<!doctype html>
    <html lang="${text.language}">
      <head>
        <meta charset="utf-8" />
        <title>${title} · ${brand.name}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${description !== undefined && html`<meta name="description" content="${description}" />`}
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='%23${brand.color.slice(1)}'%3E%3Cpath d='M12 0a12 12 0 0 1 12 12v8a4 4 0 0 1-4 4h-8a12 12 0 0 1 0-24'/%3E%3C/svg%3E"
        />
        <link rel="manifest" href="/manifest.webmanifest?locale=${text.language}" />
        <link rel="apple-touch-icon" href="/app-icon/180.png" />
        <meta name="apple-mobile-web-app-capable" content="yes" />
        <meta name="mobile-web-app-capable" content="yes" />
        <meta name="apple-mobile-web-app-title" content="${brand.name}" />
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#151a20" media="(prefers-color-scheme: dark)" />
        ${styles.map((href) => html`<link rel="stylesheet" href="${href}" /> `)}
        <script type="application/json" id="page">
          ${jsonBlock({ locale: text.language, brand, homeserverUrl, fileTypes })}
        </script>
        ${scripts.map((src) => html`<script type="module" src="${src}"></script> `)}
        ${
          widget &&
          html`<script
            src="${widgetUrl}"
            data-company="${operator.slug}"
            data-locale="${text.language}"
            data-color="${brand.color}"
            async
          ></script>`
        }
      </head>
      <body class="${kind}">
        <a class="skip" href="#view">${text.skip}</a>
        <header class="top">
          <a class="brand" href="/" aria-label="${brand.name}, ${text.home}"><span class="mark" aria-hidden="true"></span>${brand.name}</a>
        </header>
        <main id="view" tabindex="-1" ${content === undefined && html` data-empty`}>
          ${content ?? html`<noscript><p>${text.scriptNeeded}</p></noscript>`}
        </main>
        <footer class="bottom">
          <p>${operator.name}</p>
          <nav aria-label="${text.legal}">
            <a href="/imprint">${text.imprint}</a><a href="/privacy">${text.privacy}</a><a href="/accessibility">${text.accessibility}</a>
          </nav>
        </footer>
      </body>
    </html> `;
  return page.html;
}
