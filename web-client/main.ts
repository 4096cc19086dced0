import { startRouter } from './router.ts';
import { notFound, views } from './views.ts';
import { pageData, type PageData } from './page-data.ts';

const COLOR = /^#[0-9a-f]{6}$/i;

function adoptBrand({ color, onColor, darkColor, onDarkColor }: PageData['brand']): void {
  if (![color, onColor, darkColor, onDarkColor].every((value) => COLOR.test(value))) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:root{--brand:${color};--on-brand:${onColor}}@media(prefers-color-scheme:dark){:root{--brand:${darkColor};--on-brand:${onDarkColor}}}`,
  );
  document.adoptedStyleSheets.push(sheet);
}

adoptBrand(pageData().brand);

const main = document.getElementById('view');
// A page that came with its content is complete; the router draws only what the server leaves to it.
if (main && 'empty' in main.dataset) {
  const router = startRouter({
    views,
    notFound,
    page: window,
    show: async (content) => {
      // Pages that the server makes do without the library.
      const { render } = await import('lit');
      render(content, main);
      main.focus();
    },
  });
  void router.draw();
}
