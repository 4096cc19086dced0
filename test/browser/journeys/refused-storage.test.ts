import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { chatOn } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openJourney, type Journey } from './journey.ts';
import { keptBy, NOTHING } from './kept-storage.ts';

const open = new AsyncDisposableStack();
const refused = suite<Journey>('a browser that lets frames keep nothing');

refused.before(async (context) => {
  Object.assign(context, await openJourney(open, { refusesStorage: true }));
});

refused.after(() => open.disposeAsync());

refused('can be written with until the page closes, and nothing of it remains', async ({ stack, site, company, browser }) => {
  const visitor = await browser.newVisitor();
  const address = site.add('/', { html: widgetPage(stack, company.slug) });
  const page = await visitor.visit(address);
  const chat = chatOn(page);
  await chat.open();
  const refusal = await (
    await chat.frame()
  ).evaluate(() => {
    try {
      return `${localStorage.length}`;
    } catch (error) {
      return error instanceof DOMException ? error.name : '';
    }
  });
  assert.is(refusal, 'SecurityError');
  await chat.send('Erste Nachricht');
  await chat.state('Erste Nachricht', german.sent).waitFor();
  await chat.send('Zweite Nachricht');
  await chat.state('Zweite Nachricht', german.sent).waitFor();
  assert.equal(await keptBy(page.mainFrame()), NOTHING);
  await page.close();
  const later = chatOn(await visitor.visit(address));
  await later.open();
  await later.says(german.noticeTitle).waitFor();
  assert.is(await later.log.count(), 0);
  assert.equal(visitor.errors, []);
});

refused.run();
