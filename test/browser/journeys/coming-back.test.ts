import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { type CompanyAgent } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { takeConversation, type AgentSide } from './agent-side.ts';
import { chatOn, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { type VisitorBrowser } from './journey-browser.ts';

type Context = Journey & { agent: CompanyAgent; visitor: VisitorBrowser; address: string };

const open = new AsyncDisposableStack();
const back = suite<Context>('coming back');

back.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.agent = await openAgent(open, context);
  context.address = context.site.add('/', { html: widgetPage(context.stack, context.company.slug) });
});
back.before.each(async (context) => {
  context.visitor = await context.browser.newVisitor();
});
back.after.each(async ({ visitor }) => {
  await visitor.close();
});
back.after(() => open.disposeAsync());

/** A conversation with a first message, taken by the agent. */
async function begin({ agent, company }: Context, chat: Chat, words: string): Promise<AgentSide> {
  await chat.open();
  await chat.send(words);
  await chat.state(words, german.sent).waitFor();
  return takeConversation(agent, company, await chat.conversationNumber());
}

/** Words of all bubbles, in order. */
const bubbles = (chat: Chat): Promise<string[]> => chat.panel.locator('.bubble').allInnerTexts();

const streamsOf = ({ requests }: VisitorBrowser): number => requests.filter((url) => url.endsWith('/visitor/stream')).length;

back('a reload brings the history back, without doubles', async (context) => {
  const page = await context.visitor.visit(context.address);
  const chat = chatOn(page);
  const side = await begin(context, chat, 'Erste Frage');
  await context.agent.say(side.room, 'Erste Antwort');
  await chat.message('Erste Antwort').waitFor();
  await chat.send('Zweite Frage');
  await side.hear('Zweite Frage');
  await page.reload();
  await chat.open();
  await chat.message('Zweite Frage').waitFor();
  await chat.send('Dritte Frage');
  await side.hear('Dritte Frage');
  assert.equal(await bubbles(chat), ['Erste Frage', 'Erste Antwort', 'Zweite Frage', 'Dritte Frage']);
});

back('a later page loads the panel hidden, its badge counts what the agent writes meanwhile, and opening clears it', async (context) => {
  const { visitor, agent, site, stack, company } = context;
  const page = await visitor.visit(context.address);
  const chat = chatOn(page);
  const side = await begin(context, chat, 'Ich lese derweil weiter');
  await page.goto(site.add('/weiter', { html: widgetPage(stack, company.slug) }));
  await chat.frameElement.waitFor({ state: 'attached' });
  assert.is(await chat.frameElement.isVisible(), false);
  await agent.say(side.room, 'Hier ist die Antwort');
  await agent.say(side.room, 'und noch ein Hinweis');
  await eventually('two on the badge', async () => ((await chat.badge.innerText()) === '2' ? true : undefined));
  assert.is(await chat.button.getAttribute('aria-label'), 'Chat öffnen, 2 ungelesen');
  await chat.open();
  await chat.message('und noch ein Hinweis').waitFor();
  await eventually('an empty badge', async () => ((await chat.badge.textContent()) === '' ? true : undefined));
  await agent.waitFor(
    'the receipt',
    ({ kind, roomId, userId = '' }) => kind === 'receipt' && roomId === side.room && userId.startsWith('@visitor_'),
  );
});

back('without network the panel says so and keeps what is written, and sends it once when the network is back', async (context) => {
  const { visitor, agent } = context;
  const page = await visitor.visit(context.address);
  const chat = chatOn(page);
  const side = await begin(context, chat, 'Vor dem Tunnel');
  await visitor.context.setOffline(true);
  await chat.says(german.interrupted).waitFor();
  await chat.send('Im Tunnel');
  await chat.says(german.interruptedKept).waitFor();
  await chat.state('Im Tunnel', german.sending).waitFor();
  await agent.say(side.room, 'Antwort in den Tunnel');
  await visitor.context.setOffline(false);
  await chat.state('Im Tunnel', german.sent).waitFor();
  await chat.message('Antwort in den Tunnel').waitFor();
  await eventually('the connection line to be empty', async () =>
    (await chat.panel.locator('.connection').innerText()) === '' ? true : undefined,
  );
  await chat.send('Nach dem Tunnel');
  await side.hear('Nach dem Tunnel');
  const heard = (await agent.messages(side.room, 50)).flatMap(({ type, content }) => (type === 'm.room.message' ? [content['body']] : []));
  assert.equal(heard.filter((body) => body === 'Im Tunnel').length, 1);
  assert.equal((await bubbles(chat)).toSorted(), ['Antwort in den Tunnel', 'Im Tunnel', 'Nach dem Tunnel', 'Vor dem Tunnel']);
});

back('two tabs show the same conversation over one stream, and the second takes over when the first is closed', async (context) => {
  const { visitor, agent } = context;
  const first = await visitor.visit(context.address);
  const one = chatOn(first);
  const side = await begin(context, one, 'Aus dem ersten Fenster');
  const two = chatOn(await visitor.visit(context.address));
  await two.open();
  await two.message('Aus dem ersten Fenster').waitFor();
  await two.send('Aus dem zweiten Fenster');
  await one.message('Aus dem zweiten Fenster').waitFor();
  await side.hear('Aus dem zweiten Fenster');
  await agent.say(side.room, 'An beide');
  await Promise.all([one.message('An beide').waitFor(), two.message('An beide').waitFor()]);
  assert.is(streamsOf(visitor), 1);
  await first.close();
  await agent.say(side.room, 'An das zweite allein');
  await two.message('An das zweite allein').waitFor();
  assert.is(streamsOf(visitor), 2);
  assert.equal(await bubbles(two), ['Aus dem ersten Fenster', 'Aus dem zweiten Fenster', 'An beide', 'An das zweite allein']);
  assert.equal(visitor.errors, []);
});

back.run();
