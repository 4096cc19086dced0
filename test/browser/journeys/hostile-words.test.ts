import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { inReply } from '../../stack/agents/agent.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { takeConversation, type AgentSide } from './agent-side.ts';
import { chatOn, panelPage, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openJourney, type Journey } from './journey.ts';
import { foreignRequests, type VisitorBrowser } from './journey-browser.ts';
import { look } from './look.ts';

type Context = Journey & { agent: CompanyAgent; visitor: VisitorBrowser; page: Page; chat: Chat; side: AgentSide };

const open = new AsyncDisposableStack();
// One conversation in which everybody writes what they should not.
const hostile = suite<Context>('hostile words and windows');

const PICTURE = '<img src=x onerror="window.done=1">';
const WORDS = [
  PICTURE,
  '<script>window.done=1</script>',
  '</script><svg onload=window.done=1>',
  '[hier](javascript:window.done=1) **fett** `code`',
  'javascript:window.done=1 data:text/html,<script>window.done=1</script>',
  '{{constructor.constructor("window.done=1")()}} ${window.done=1}',
  'Rechnung \u202egnp.exe\u202c \u2066x\u2069 \u200b',
].join(' ');
const HTML = `${PICTURE}<script>window.done=1</script><a href="javascript:window.done=1">js</a><a href="JaVa\tScRiPt:window.done=1">js</a>
<a href="data:text/html,x">data</a><a href="vbscript:x">vb</a><a href="https://example.org/" onclick="window.done=1" style="position:fixed;inset:0">gut</a>
<iframe src="https://evil.example/"></iframe><style>*{display:none!important}</style><form action="https://evil.example/"><input name=a><button>x</button></form>
<img src="mxc://../../x"><img src="https://evil.example/pixel.gif"><object data="https://evil.example/"></object><smoope-panel></smoope-panel>
<p style="position:fixed" class="row" id="settings" slot="x">Absatz</p><table background="https://evil.example/"><tr><td>Zelle</td></tr></table>`;

const PRE_CHAT = [
  {
    key: 'name',
    type: 'text',
    label: { de: `Name ${PICTURE}` },
    purpose: { de: `Zweck ${PICTURE}` },
  },
];

hostile.before(async (context) => {
  Object.assign(context, await openJourney(open));
  const { company, site, stack, browser } = context;
  const texts = { de: { title: `${PICTURE} Titel`, greeting: `${PICTURE}\n<script>window.done=1</script>` } };
  assert.is((await company.operate('PATCH', '/settings', { preChat: PRE_CHAT, texts })).status, 200);
  assert.is((await company.operate('PUT', '/name', { name: `</script>${PICTURE} & "Co"` })).status, 200);
  context.agent = open.adopt(await company.newAgent({ displayName: `${PICTURE} Dana` }), (agent) => agent.stop());
  context.visitor = await browser.newVisitor();
  context.page = await context.visitor.visit(site.add('/', { html: widgetPage(stack, company.slug) }));
  context.page.on('dialog', (dialog) => void dialog.dismiss().then(() => assert.unreachable('a dialog was shown')));
  context.chat = chatOn(context.page);
});
hostile.after(() => open.disposeAsync());

/** Nothing ran, nothing was asked of anybody, no element came to be that the panel does not make, and no link leads where it must not. */
async function assertHarmless({ chat, visitor, page, stack, site }: Context): Promise<void> {
  const frame = await chat.frame();
  const found = await frame.evaluate(() => {
    const all = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);
    const elements = all(document);
    const handlers = elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')));
    const links = elements.flatMap((element) => (element instanceof HTMLAnchorElement ? [element.protocol] : []));
    const strange =
      'iframe, object, embed, base, form[action], img:not([src^="blob:"], [src^="/api/"]), script:not([src^="/assets/"], [type="application/json"])';
    const strangers = elements.flatMap((element) => (element.matches(strange) ? [element.outerHTML] : []));
    return { handlers, links: [...new Set(links)], strangers, panels: document.querySelectorAll('smoope-panel').length };
  });
  assert.equal(found.handlers, []);
  assert.equal(
    found.links.filter((protocol) => !['http:', 'https:'].includes(protocol)),
    [],
  );
  assert.is(found.panels, 1);
  assert.equal(found.strangers, []);
  assert.is(await frame.evaluate(() => 'done' in window), false);
  assert.is(await page.evaluate(() => 'done' in window), false);
  assert.equal(foreignRequests(visitor, stack, site.origin), []);
  assert.equal(visitor.errors, []);
  assert.is(visitor.context.pages().length, 1);
}

hostile('of a company, in its name, title, greeting and fields, are words', async (context) => {
  const { chat } = context;
  await chat.open();
  await chat.panel.getByRole('heading', { name: `${PICTURE} Titel` }).waitFor();
  await chat.panel.getByLabel(`Name ${PICTURE}`).waitFor();
  await chat.says(`Zweck ${PICTURE}`).waitFor();
  await look(context.page, 'hostile-company');
  await assertHarmless(context);
});

hostile('of a visitor are words at the agent, in the announcement, in !who and in the panel', async (context) => {
  const { chat, company, agent } = context;
  await chat.panel.getByLabel(`Name ${PICTURE}`).fill(`${CANARY} ${PICTURE}`);
  await chat.field.fill(WORDS);
  await chat.panel.getByRole('button', { name: german.send }).click();
  await chat.state('window.done', german.sent).waitFor();
  context.side = await takeConversation(agent, company, await chat.conversationNumber());
  const { side } = context;
  const heard = await side.hear(WORDS);
  assert.equal(Object.keys(heard.content).toSorted(), ['body', 'msgtype'], 'plain text has no formatted one that a client would draw');
  const picking = context.page.waitForEvent('filechooser');
  await chat.panel.getByRole('button', { name: german.attach }).click();
  const name = `../..\\\u202e"><img src=x onerror=window.done=1>.txt`;
  await (await picking).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('Nur Text.') });
  await chat.panel.getByRole('button', { name: german.send }).click();
  const file = await agent.waitForEvent(side.room, 'the file', ({ content }) => content['msgtype'] === 'm.file');
  // No path, no mark, nothing that means something to a page or a file system.
  assert.match(String(file.content['body']), /^[\w .=()-]+\.txt$/);

  const { announcement } = side;
  assert.not.match(JSON.stringify(announcement.content), 'onerror');
  const command = await agent.send(company.teamRoomId, 'm.room.message', inReply(announcement.event_id, '!who'));
  const who = await agent.waitForEvent(
    company.teamRoomId,
    'what the person gave',
    ({ content }) => String(content['body']).includes(PICTURE) && JSON.stringify(content['m.relates_to']).includes(command),
  );
  assert.not.match(JSON.stringify(who.content['formatted_body'] ?? ''), '<img');
  // A label of the team's own stands in the announcement.
  await agent.send(company.teamRoomId, 'm.room.message', inReply(announcement.event_id, `!label ${PICTURE}`));
  await agent.send(company.teamRoomId, 'm.room.message', inReply(announcement.event_id, '!claim'));
  const claimed = await agent.waitForEvent(
    company.teamRoomId,
    'the claim in the announcement',
    ({ sender, content }) => sender === company.userId && 'm.new_content' in content && String(content['body']).includes('Dana'),
  );
  assert.not.match(String(claimed.content['formatted_body']), '<img');
  await assertHarmless(context);
});

hostile('of an agent, in words, names, files and reactions, are words in the panel', async (context) => {
  const { chat, agent, side } = context;
  await chat.panel.locator('.sub', { hasText: `${PICTURE} Dana` }).waitFor();
  const formatted = { format: 'org.matrix.custom.html', formatted_body: HTML };
  await agent.say(side.room, WORDS, formatted);
  await chat.message('Absatz').waitFor();
  const good = chat.panel.getByRole('link', { name: /^gut/ });
  assert.equal(
    await good.evaluate((link) =>
      link
        .getAttributeNames()
        .toSorted()
        .map((name) => `${name}=${link.getAttribute(name) ?? ''}`),
    ),
    ['href=https://example.org/', 'rel=noopener noreferrer external nofollow', 'target=_blank'],
  );
  await agent.send(side.room, 'm.room.message', { msgtype: 'm.emote', body: PICTURE, ...formatted });
  await agent.send(side.room, 'm.room.message', { msgtype: 'm.location', body: 'Ort', geo_uri: 'javascript:window.done=1' });
  for (const url of ['mxc://../../x', 'javascript:window.done=1', 'https://evil.example/x.png', 'mxc://a/../b']) {
    for (const msgtype of ['m.image', 'm.file', 'm.video', 'm.audio']) {
      const info = { mimetype: 'text/html', size: -1, w: 1e9, h: 1e9, thumbnail_url: url };
      await agent.send(side.room, 'm.room.message', { msgtype, body: `${PICTURE}\u202egnp.html`, filename: PICTURE, url, info });
    }
  }
  const last = await agent.say(side.room, 'Das Letzte');
  const annotates = { rel_type: 'm.annotation', event_id: last, key: PICTURE };
  await agent.send(side.room, 'm.reaction', { 'm.relates_to': annotates });
  await agent.send(side.room, 'm.room.message', {
    msgtype: 'm.text',
    body: 'Ende',
    'm.relates_to': { 'm.in_reply_to': { event_id: '$<img src=x>' } },
  });
  await chat.message('Ende').waitFor();
  await look(context.page, 'hostile-agent');
  await assertHarmless(context);
  // The writing of one bubble turns nothing round it.
  const isolated = await chat
    .message('Rechnung')
    .first()
    .evaluate((bubble) => getComputedStyle(bubble).display);
  assert.is.not(isolated, 'inline');
});

/** A frame beside the panel that posts what it can to everybody. */
const ATTACK = `<!doctype html><title>Angreifer</title><script>
const messages = [{ type: 'connect' }, { type: 'close' }, { type: 'logout' }, { type: 'unread', count: 99 }, { type: 'conversation', active: false },
  { type: 'popout', url: 'javascript:window.done=1' }, { type: 'settings', value: { theme: 'dark' } }, { type: 'setTheme', value: 'dark' }, null, 'close', 7];
window.taken = [];
window.attack = (target) => {
  for (const message of messages) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => taken.push(data);
    target.postMessage(message, '*');
    target.postMessage(message, '*', [port2]);
    for (const other of messages) port1.postMessage(other);
  }
};
window.begin = () => { attack(parent); for (let index = 0; index < parent.frames.length; index += 1) if (parent.frames[index] !== window) attack(parent.frames[index]); };
</script>`;

hostile('messages of foreign windows are ignored by panel and loader, with ports and without', async (context) => {
  const { page, chat, site, stack, company, agent, side, visitor } = context;
  const frames = await Promise.all(
    [site.add('/attack', { html: ATTACK }), 'about:srcdoc'].map(async (address, index) => {
      await page.evaluate(
        ([src, id, html]) =>
          new Promise((resolve) => {
            const frame = Object.assign(document.createElement('iframe'), { id, onload: resolve });
            if (src === 'about:srcdoc') Object.assign(frame, { sandbox: 'allow-scripts', srcdoc: html });
            else frame.src = src ?? '';
            document.body.append(frame);
          }),
        [address, `attack${index}`, ATTACK] as const,
      );
      const frame = await (await page.locator(`#attack${index}`).elementHandle())?.contentFrame();
      if (!frame) throw new Error('the attacker has no frame');
      return frame;
    }),
  );
  for (const frame of frames) await frame.evaluate(() => (window as unknown as { begin: () => void }).begin());
  // The website's own window may call, but only with a port and in our words.
  await page.evaluate(() => {
    const panel = document.querySelector('smoope-launcher')?.shadowRoot?.querySelector('iframe')?.contentWindow;
    for (const message of [{ type: 'connect' }, { type: 'logout' }, 'connect', null]) panel?.postMessage(message, '*');
    window.postMessage({ type: 'unread', count: 99 }, '*');
  });
  // A message that goes all the way shows that those before it had their turn.
  await chat.send('Noch da');
  await chat.state('Noch da', german.sent).waitFor();
  await side.hear('Noch da');
  for (const frame of frames) assert.equal(await frame.evaluate(() => (window as unknown as { taken: unknown[] }).taken), []);
  assert.is(await chat.button.getAttribute('aria-expanded'), 'true');
  assert.is(await chat.badge.textContent(), '');
  assert.is(await (await chat.frame()).evaluate(() => document.documentElement.style.colorScheme), '');
  assert.is(await page.evaluate(() => localStorage.getItem('smoope')), '1');
  // The line between loader and panel still holds.
  await page.evaluate(() => window.Smoope?.('close'));
  await agent.say(side.room, 'Ungelesen');
  await chat.badge.getByText('1', { exact: true }).waitFor();
  await page.locator('#attack0').evaluate((frame) => frame.remove());
  await page.locator('#attack1').evaluate((frame) => frame.remove());
  await assertHarmless(context);

  // As a window of its own the panel takes orders from nobody, not even from who opened it.
  const opening = page.context().waitForEvent('page');
  await page.evaluate((address) => {
    const opened = window.open(address);
    const { port1, port2 } = new MessageChannel();
    Object.assign(window, { taken: [], opened, port2 });
    port1.onmessage = ({ data }) => (window as unknown as { taken: unknown[] }).taken.push(data);
  }, `${stack.appUrl}/widget/${company.slug}?locale=de`);
  const alone = await opening;
  await panelPage(alone).field.waitFor();
  await page.evaluate(() => {
    const { opened, port2 } = window as unknown as { opened: Window | null; port2: MessagePort };
    opened?.postMessage({ type: 'connect' }, '*', [port2]);
  });
  await panelPage(alone).field.fill('Text');
  assert.equal(await page.evaluate(() => (window as unknown as { taken: unknown[] }).taken), []);
  await alone.close();
  assert.equal(visitor.errors, []);
});

hostile.run();
