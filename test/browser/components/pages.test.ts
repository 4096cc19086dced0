import { assert } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { renderDemoPage } from '../../../web-client/demo-site/demo-page.ts';
import { renderLegalPage } from '../../../web-client/legal-page.ts';
import { renderAccountPage } from '../../../web-client/shell-page.ts';
import { renderStartPage } from '../../../web-client/start-page.ts';
import { legalData, somePageSettings } from '../../web-client/page-fixture.ts';
import './element-fixture.ts';

const settings = somePageSettings({ locale: 'en', scripts: [], styles: ['/web-client/styles/page.css'], widgetUrl: 'data:,' });
const demo = {
  widgetUrl: 'data:,',
  companySlug: 'demo',
  companyName: 'Muster Räder',
  color: '#0b5c6b',
  styles: ['/web-client/demo-site/demo-site.css'],
};

const pages: Readonly<Record<string, string>> = {
  start: renderStartPage({ ...settings, dataCountry: 'DE' }),
  imprint: renderLegalPage('imprint', settings, legalData),
  privacy: renderLegalPage('privacy', settings, legalData),
  accessibility: renderLegalPage('accessibility', settings, legalData),
  demo: renderDemoPage(demo),
};

/** A page as the server makes it, in a frame of its own; scripts of the page find nothing to do there. */
async function show(page: string, width: number): Promise<Window> {
  document.querySelectorAll('iframe').forEach((frame) => frame.remove());
  const frame = document.createElement('iframe');
  Object.assign(frame, {
    width,
    height: 800,
    srcdoc: page.replace('</head>', '<script src="/node_modules/axe-core/axe.min.js"></script></head>'),
  });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  if (!frame.contentWindow) throw new Error('There is no page.');
  return frame.contentWindow;
}

describe('pages', () => {
  beforeEach(() => setViewport({ width: 1400, height: 900 }));
  afterEach(() => emulateMedia({ colorScheme: 'light' }));

  for (const [name, page] of Object.entries(pages)) {
    for (const colorScheme of ['light', 'dark'] as const)
      it(`the page ${name} is accessible in ${colorScheme} colours`, async () => {
        await emulateMedia({ colorScheme });
        const { axe } = await show(page, 1200);
        const { violations } = await axe.run();
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
          [],
        );
      });

    it(`the page ${name} fits into 320 pixels, which is 400 % zoom`, async () => {
      const { document: shown } = await show(page, 320);
      assert.isAtMost(shown.documentElement.scrollWidth, 320);
    });
  }

  it('an address without a view says so and leads home', async () => {
    const { renderNotFound } = await import('../../../web-client/pages/not-found-page.ts');
    const { render } = await import('lit');
    const shown = (await show(renderAccountPage(settings), 1200)).document;
    const main = shown.querySelector('main');
    if (main) render(renderNotFound(), main);
    assert.equal(shown.querySelector('h1')?.textContent, 'Page not found');
    assert.equal(shown.querySelector('main a')?.getAttribute('href'), '/');
  });
});
