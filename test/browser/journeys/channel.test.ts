import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { messages as more } from '../../../widget/locales/more/de.ts';
import type { CompanyAgent } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { takeConversation, type AgentSide } from './agent-side.ts';
import { chatOn, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';

type Context = Journey & { visitor: VisitorBrowser; page: Page; chat: Chat; agent: CompanyAgent; side: AgentSide };

const open = new AsyncDisposableStack();

// The tests of this suite are one conversation: each goes on where the one before ended.
const channel = suite<Context>('the complete channel in a browser');

const PNG = await sharp({ create: { width: 240, height: 160, channels: 3, background: '#8a5a34' } })
  .png()
  .toBuffer();

/** A picture for looking at, where the tester wants one. */
async function look({ page }: Context, name: string): Promise<void> {
  const folder = process.env['SMOOPE_LOOKS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/channel-${name}.png` });
}

const row = ({ chat }: Context, words: string) => chat.panel.locator('.row', { hasText: words });

async function openMenuOf(context: Context, words: string): Promise<void> {
  await row(context, words).hover();
  await row(context, words).getByRole('button', { name: german.options }).click();
}

const choose = ({ chat }: Context, name: string) => chat.panel.getByRole('menuitem', { name }).click();

channel.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.agent = await openAgent(open, context);
  context.visitor = await context.browser.newVisitor({ acceptDownloads: true });
  context.page = await context.visitor.visit(context.site.add('/', { html: widgetPage(context.stack, context.company.slug) }));
  context.chat = chatOn(context.page);
  await context.chat.open();
  await context.chat.send('Guten Tag, mein Paket ist nass angekommen.');
  context.side = await takeConversation(context.agent, context.company, await context.chat.conversationNumber());
});
channel.after(() => open.disposeAsync());

channel('a picture that is attached arrives at the agent, made anew and without its metadata', async (context) => {
  const { chat, page, agent, side } = context;
  const picking = page.waitForEvent('filechooser');
  await chat.panel.getByRole('button', { name: german.attach }).click();
  await (await picking).setFiles({ name: 'karton.png', mimeType: 'image/png', buffer: PNG });
  await look(context, 'attached');
  await chat.panel.getByRole('button', { name: german.send }).click();
  const event = await agent.waitForEvent(side.room, 'the picture', ({ content }) => content['msgtype'] === 'm.image');
  assert.match(String(event.content['body']), /^karton\.(png|jpg|webp)$/);
  const file = await agent.call('GET', `/_matrix/client/v1/media/download/${String(event.content['url']).slice('mxc://'.length)}`);
  assert.is(file.status, 200);
  await chat.panel
    .getByRole('button', { name: /karton/ })
    .first()
    .waitFor();
  await look(context, 'picture');
});

channel('words are corrected, answered, reacted to and taken back, on both sides', async (context) => {
  const { chat, agent, side } = context;
  await chat.send('Der Karton war offne.');
  await side.hear('Der Karton war offne.');
  await openMenuOf(context, 'Der Karton war offne.');
  await look(context, 'menu');
  await choose(context, more.edit);
  await chat.field.fill('Der Karton war offen.');
  await chat.field.press('Enter');
  await chat.message('Der Karton war offen.').waitFor();
  await chat.says(german.edited).waitFor();
  const edit = await agent.waitForEvent(side.room, 'the correction', ({ content }) => 'm.new_content' in content);
  assert.is((edit.content['m.new_content'] as { body?: string }).body, 'Der Karton war offen.');

  const answer = await agent.say(side.room, 'Das tut mir leid. Wir schicken Ersatz.');
  await chat.message('Wir schicken Ersatz').waitFor();
  await openMenuOf(context, 'Wir schicken Ersatz');
  await chat.panel.getByRole('menuitemcheckbox', { name: more.reactWith.replace('{key}', '👍') }).click();
  const reaction = await agent.waitForEvent(side.room, 'the reaction', ({ type }) => type === 'm.reaction');
  assert.equal(reaction.content['m.relates_to'], { rel_type: 'm.annotation', event_id: answer, key: '👍' });

  await openMenuOf(context, 'Wir schicken Ersatz');
  await choose(context, more.reply);
  await chat.send('Danke, das freut mich.');
  const reply = await side.hear('Danke, das freut mich.');
  assert.equal((reply.content['m.relates_to'] as { 'm.in_reply_to'?: unknown })['m.in_reply_to'], { event_id: answer });
  await look(context, 'reply');

  await chat.send('Meine Kontonummer ist 12345.');
  await side.hear('Meine Kontonummer ist 12345.');
  await openMenuOf(context, 'Kontonummer');
  await choose(context, more.delete);
  await choose(context, more.deleteMessageNow);
  await chat.says(german.redacted).waitFor();
  assert.is(await chat.message('Kontonummer').count(), 0);
  await look(context, 'deleted');
});

channel('a script, a style or a page that is attached is refused in words', async (context) => {
  const { chat, page, visitor } = context;
  const picking = page.waitForEvent('filechooser');
  await chat.panel.getByRole('button', { name: german.attach }).click();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  await (await picking).setFiles({ name: 'bild.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
  await chat.panel.getByRole('button', { name: german.send }).click();
  await chat.says(more.wrongType).waitFor();
  await chat.panel.getByRole('button', { name: more.removeFile.replace('{name}', 'bild.svg') }).click();
  assert.equal(visitor.errors, []);
});

channel('the visitor downloads the conversation, ends it and says how it was', async (context) => {
  const { chat, page } = context;
  const downloading = page.waitForEvent('download');
  await chat.panel.getByRole('button', { name: german.menu }).click();
  await look(context, 'panel-menu');
  await choose(context, more.transcriptText);
  const text = readFileSync(await (await downloading).path(), 'utf8');
  assert.match(text, 'Der Karton war offen.');
  assert.not.match(text, '12345');

  await chat.panel.getByRole('button', { name: german.menu }).click();
  await choose(context, more.end);
  await chat.says(german.closed).waitFor();
  await chat.says(more.ratingQuestion).waitFor();
  await look(context, 'rating');
  await chat.panel.getByRole('button', { name: more.rate.replace('{score}', '5').replace('{word}', more.rate5) }).click();
  await chat.says(more.rated).waitFor();
});

channel('deleting for good asks once, and leaves nothing in the panel', async (context) => {
  const { chat, visitor } = context;
  await chat.panel.getByRole('button', { name: german.menu }).click();
  await choose(context, more.deleteAll);
  await chat.says(more.deleteTitle).waitFor();
  await look(context, 'delete');
  await chat.panel.getByRole('button', { name: more.deleteThisNow }).click();
  await chat.says(more.deleted).waitFor();
  await look(context, 'after-delete');
  await eventually('an empty panel', async () => ((await chat.panel.locator('.bubble').count()) === 0 ? true : undefined));
  assert.equal(visitor.errors, []);
});

channel.run();
