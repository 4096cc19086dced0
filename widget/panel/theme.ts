/** Colours that a page may ask for; `auto` follows the system. */
export type Theme = 'light' | 'dark' | 'auto';

const SCHEME = 'prefers-color-scheme';
const original = new WeakMap<CSSMediaRule, string>();

/** Switches the rules for dark surroundings on or off, in all style sheets of the page; the elements read their colours from there. */
export function applyTheme(theme: Theme): void {
  document.documentElement.style.colorScheme = theme === 'auto' ? '' : theme;
  for (const { cssRules } of [...document.styleSheets, ...document.adoptedStyleSheets]) {
    for (const rule of cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      const media = original.get(rule) ?? rule.media.mediaText;
      if (!media.includes(SCHEME)) continue;
      original.set(rule, media);
      rule.media.mediaText = theme === 'auto' ? media : theme === 'dark' ? 'all' : 'not all';
    }
  }
}
