import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import { directionOf } from '../locales/language.ts';

/** What the page of a panel is made of. */
export type PanelPageParts = {
  /** Put into the page as JSON. */
  readonly settings: PanelSettings;
  /** Address of the panel's script on our origin. */
  readonly script: string;
  /** Addresses of its style sheets on our origin. */
  readonly styles: readonly string[];
  /** Addresses of modules that the script asks for first, to be fetched beside it: the language. */
  readonly preload?: readonly string[];
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

// `<` would let `</script>` or `<!--` end or change the block; the two separators end lines in old scripts.
const escapeJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const scriptNeeded = (locale: string): string =>
  locale.startsWith('de') ? 'Dieser Chat braucht JavaScript.' : 'This chat needs JavaScript.';

/** The page `/widget/<slug>`, without any inline script or style. Usable on a server: it knows no browser. */
export function renderPanelPage({ settings, script, styles, preload = [] }: PanelPageParts): string {
  const { company, locale } = settings;
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(company.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
${[script, ...preload].map((href) => `<link rel="modulepreload" href="${escapeHtml(href)}">`).join('\n')}
<script type="application/json" id="settings">${escapeJson(settings)}</script>
<script type="module" src="${escapeHtml(script)}"></script>
</head>
<body>
<smoope-panel><h1>${escapeHtml(company.name)}</h1></smoope-panel>
<noscript>${scriptNeeded(locale)}</noscript>
</body>
</html>
`;
}
