import { build, type Loader, type Plugin } from 'esbuild';
import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { german as contact } from '../../../web-client/contact-form/contact-texts-de.ts';
import { messages as german } from '../../../widget/locales/de.ts';
import { waitUntilRead } from '../../stack/contact-form/form-client.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { example, pageOf } from './docs-example.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';

declare global {
  interface Window {
    /** Puts the example's component on the page, or takes it away. */
    come: () => void;
    leave: () => void;
  }
}

type Context = Journey & { visitor: VisitorBrowser };

const open = new AsyncDisposableStack();
/** Both suites have the same company and browser. */
const shared = {} as Context;
const docs = suite('examples of the docs', shared);
const frameworks = suite('examples of the docs for frameworks', shared);

docs.before(async (context) => {
  Object.assign(context, await openJourney(open));
});
for (const each of [docs, frameworks]) {
  each.before.each(async (context) => {
    context.visitor = await context.browser.newVisitor();
  });
  each.after.each(({ visitor }) => visitor.close());
}
frameworks.after(() => open.disposeAsync());

docs('the plain HTML example opens the panel from a button of its own and counts unread messages in the title', async (context) => {
  const { site, visitor, company } = context;
  const page = await visitor.visit(site.add('/plain', { html: pageOf(example('**Plain HTML**', 'html', context)) }));
  const chat = chatOn(page);
  await page.getByRole('button', { name: 'Ask us' }).click();
  await chat.send('Guten Tag');
  assert.is(await chat.button.count(), 0, 'the button of the widget is hidden');
  const agent = await openAgent(open, context);
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  await page.evaluate(() => window.Smoope?.('close'));
  await agent.say(side.room, 'Wir sind da.');
  await page.waitForFunction(() => document.title === '(1) Acme');
  assert.equal(visitor.errors, []);
});

docs('the example of a chat as part of a page holds a conversation and says what happens', async (context) => {
  const { site, visitor } = context;
  const page = await visitor.visit(site.add('/part', { html: pageOf(example('## As part of a page', 'html', context)) }));
  const chat = page.locator('smoope-chat');
  const heard = chat.evaluate((element) => new Promise((resolve) => element.addEventListener('message', () => resolve(true))));
  const panel = chat.locator('iframe').contentFrame();
  await panel.getByRole('textbox', { name: german.message }).fill('Guten Tag');
  await panel.getByRole('button', { name: german.send }).click();
  await panel.locator('.foot', { hasText: german.sent }).waitFor();
  assert.is(await heard, true);
  assert.is(await panel.getByRole('button', { name: german.close }).count(), 0, 'a part of the page cannot be closed');
  assert.equal(visitor.errors, []);
});

docs('the example of a contact form as part of a page sends a message, and its link leads to the conversation', async (context) => {
  const { site, visitor } = context;
  const page = await visitor.visit(site.add('/form', { html: pageOf(example('## A contact form', 'html', context)) }));
  const form = page.locator('smoope-contact iframe').contentFrame();
  await form.getByRole('textbox', { name: contact.message }).fill('Guten Tag, aus dem Formular');
  // Sent sooner than a person can read it, a form is refused.
  await waitUntilRead(await form.locator('input[name=token]').inputValue());
  await form.getByRole('button', { name: contact.send }).click();
  await form.getByRole('heading', { name: contact.sentTitle }).waitFor();
  const opened = page.waitForEvent('popup');
  await form.getByRole('link', { name: contact.sentRead }).click();
  const conversation = await opened;
  await conversation.getByRole('button', { name: contact.linkOpen }).click();
  await conversation.getByText('Guten Tag, aus dem Formular').first().waitFor();
  assert.equal(visitor.errors, []);
});

/** An example as a module, what stands in for its framework, and how a component comes and goes there. */
type Framework = { readonly code: string; readonly loader: Loader; readonly standIn: string; readonly entry: string };

/** The example as it stands, with the one function of React that it uses. */
const react = (context: Journey): Framework => ({
  code: example('**React**', 'tsx', context),
  loader: 'tsx',
  standIn: 'export const effects = []; export const useEffect = (effect) => { effects.push(effect); };',
  entry: `import { Chat } from 'example'; import { effects } from 'react';
    let ends;
    window.come = () => { Chat({ company: '${context.company.slug}' }); ends = effects.splice(0).map((effect) => effect()); };
    window.leave = () => ends.forEach((end) => end());`,
});

/** The script of the example, with what Vue calls when a component comes and goes. */
function vue(context: Journey): Framework {
  const script = /<script setup lang="ts">\n(.*?)<\/script>/s.exec(example('**Vue**', 'vue', context))?.[1] ?? '';
  const imports = /^import .*$/m.exec(script)?.[0] ?? '';
  return {
    code: `${imports}\nexport function setup(defineProps) {${script.replace(imports, '').replace('defineProps<{ company: string }>', 'defineProps')}}`,
    loader: 'ts',
    standIn: `export const calls = { come: [], leave: [] };
      export const onMounted = (call) => { calls.come.push(call); }; export const onUnmounted = (call) => { calls.leave.push(call); };`,
    entry: `import { setup } from 'example'; import { calls } from 'vue';
      window.come = () => { setup(() => ({ company: '${context.company.slug}' })); calls.come.splice(0).forEach((call) => call()); };
      window.leave = () => calls.leave.splice(0).forEach((call) => call());`,
  };
}

async function bundle({ code, loader, standIn, entry }: Framework): Promise<string> {
  const modules: Plugin = {
    name: 'the example and its framework',
    setup(made) {
      made.onResolve({ filter: /^(example|react|vue)$/ }, ({ path }) => ({ path, namespace: 'docs' }));
      made.onLoad({ filter: /.*/, namespace: 'docs' }, ({ path }) =>
        path === 'example' ? { contents: code, loader } : { contents: standIn, loader: 'js' },
      );
    },
  };
  const made = await build({
    stdin: { contents: entry },
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'silent',
    plugins: [modules],
  });
  return made.outputFiles[0]?.text ?? '';
}

const come = (page: Page): Promise<void> => page.evaluate(() => window.come());
const leave = (page: Page): Promise<void> => page.evaluate(() => window.leave());

for (const [name, frameworkOf] of Object.entries({ React: react, Vue: vue })) {
  frameworks(
    `the component for ${name} comes, goes and comes again with its chat, and a second start in between adds none`,
    async (context) => {
      const { site, visitor } = context;
      const script = await bundle(frameworkOf(context));
      const page = await visitor.visit(site.add(`/${name}`, { html: pageOf(`<script>${script}</script>`) }));
      const chat = chatOn(page);
      // As React does while somebody develops: it comes, goes and comes before anything has loaded.
      await page.evaluate(() => {
        window.come();
        window.leave();
        window.come();
      });
      await chat.open();
      await chat.send('Guten Tag');
      assert.is(await chat.button.count(), 1);
      await leave(page);
      assert.is(await chat.button.count(), 0);
      assert.is(await page.locator('script[src]').count(), 0);
      await come(page);
      await chat.open();
      await chat.message('Guten Tag').waitFor();
      assert.equal(visitor.errors, []);
    },
  );

  frameworks(`the component for ${name} that goes before its script has arrived leaves no chat behind`, async (context) => {
    const { site, visitor } = context;
    const script = await bundle(frameworkOf(context));
    const page = await visitor.visit(site.add(`/${name}-short`, { html: pageOf(`<script>${script}</script>`) }));
    const arrived = page.waitForEvent('requestfinished', (request) => request.url().endsWith('/widget.js'));
    await page.evaluate(() => {
      window.come();
      window.leave();
    });
    await arrived;
    // What comes after it in the same order has run once this one has.
    await page.addScriptTag({ url: `${context.stack.appUrl}/widget.js` });
    assert.is(await chatOn(page).button.count(), 0);
    await come(page);
    await chatOn(page).button.waitFor();
  });
}

/** What WordPress prints in the head for a script and an inline script before it. */
function printWordPress(php: string): string {
  const [, handle, source, strategy] = /wp_enqueue_script\('(\w+)', '([^']+)', \[\], null, \['strategy' => '(\w+)'\]\)/.exec(php) ?? [];
  const [, inlineHandle, inline] = /wp_add_inline_script\('(\w+)', '([^']+)', 'before'\)/.exec(php) ?? [];
  assert.ok(handle !== undefined && inline !== undefined, 'the example enqueues a script and one before it');
  assert.is(inlineHandle, handle);
  return `<script id="${handle}-js-before">
${inline}
//# sourceURL=${handle}-js-before
</script>
<script src="${source}" id="${handle}-js" ${strategy} data-wp-strategy="${strategy}"></script>`;
}

frameworks('what the example for WordPress prints holds a conversation', async (context) => {
  const { site, visitor } = context;
  const head = printWordPress(example('**WordPress**', 'php', context));
  const page = await visitor.visit(site.add('/wordpress', { html: pageOf('<main>Acme</main>', head) }));
  const chat = chatOn(page);
  await chat.open();
  await chat.send('Guten Tag');
  assert.is(await chat.panel.getByRole('alert').count(), 0);
  assert.equal(visitor.errors, []);
});

docs.run();
frameworks.run();
