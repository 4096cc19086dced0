import { suite } from 'uvu';
import { messages as german } from '../../../widget/locales/de.ts';
import { newCompany, type CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';

type Context = Journey & { agent: CompanyAgent };

const open = new AsyncDisposableStack();
const accessible = suite<Context>('accessibility by axe, in light and dark');

accessible.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.agent = await openAgent(open, context);
});
accessible.after(() => open.disposeAsync());

accessible('the widget is accessible closed, open before the first message, in a conversation and after its end', async (context) => {
  const { stack, site, company, agent, browser } = context;
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(site.add('/', { html: widgetPage(stack, company.slug) }));
  const chat = chatOn(page);
  await chat.button.waitFor();
  await assertAccessible('the closed widget', page);
  await chat.open();
  await assertAccessible('the page with the open widget', page);
  await assertAccessible('the empty panel', page, await chat.frame());
  await chat.send('Guten Tag');
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  const html =
    '<p>Guten Tag, hier ist <b>ein</b> <a href="https://example.org/">Verweis</a> und <code>ein Code</code>.</p><ul><li>eins</li></ul>';
  await agent.say(side.room, 'Guten Tag', { format: 'org.matrix.custom.html', formatted_body: html });
  await chat.message('ein Code').waitFor();
  await agent.type(side.room, true);
  await chat.says(german.typing.split('{name}')[1] ?? '').waitFor();
  await assertAccessible('a conversation', page, await chat.frame());
  await chat.panel.getByRole('button', { name: german.menu }).click();
  await chat.panel.getByRole('menu').waitFor();
  await assertAccessible('the open menu', page, await chat.frame());
  await page.keyboard.press('Escape');
  await side.close();
  await chat.says(german.closed).waitFor();
  await assertAccessible('a closed conversation', page, await chat.frame());
});

accessible('the widget of a company that is not open is accessible', async ({ stack, site, browser }) => {
  const draft = await newCompany(stack, { status: 'draft', settings: { origins: [site.origin] } });
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(site.add('/draft', { html: widgetPage(stack, draft.slug) }));
  const chat = chatOn(page);
  await chat.button.click();
  await chat.says(german.notOpenHint).waitFor();
  await assertAccessible('a company that is not open', page, await chat.frame());
});

for (const path of ['/', '/imprint', '/privacy', '/privacy/operator', '/accessibility', '/nowhere']) {
  accessible(`the page ${path} is accessible`, async ({ stack, browser }) => {
    const visitor = await browser.newVisitor();
    const page = await visitor.visit(`${stack.appUrl}${path}`);
    await chatOn(page).button.waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await assertAccessible(path, page);
  });
}

accessible.run();
