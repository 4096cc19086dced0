import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { messages as german } from '../../../widget/locales/de.ts';
import { startAgent, type Agent } from '../../stack/agents/agent.ts';
import { runningStack } from '../../stack/running-stack.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { sessionOf } from '../../stack/test-company.ts';
import { takeConversation, type AgentSide } from './agent-side.ts';
import { chatOn, type Chat } from './chat.ts';
import { takePicture } from './look.ts';
import { foreignRequests, startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';

type Context = {
  stack: StackAccess;
  website: string;
  browser: JourneyBrowser;
  visitor: VisitorBrowser;
  page: Page;
  chat: Chat;
  agent: Agent;
  side: AgentSide;
};

const open = new AsyncDisposableStack();

// The tests of this suite are one conversation: each goes on where the one before ended.
const job = suite<Context>('the main job');

const membersSchema = z.object({ members: z.array(z.object({ userId: z.string() })) });

job.before(async (context) => {
  const { widgetDemoUrl, companies } = runningStack();
  const demo = companies.find(({ slug }) => slug === 'demo');
  if (!widgetDemoUrl || !demo) throw new Error('the stack has no demo company');
  context.stack = sharedStackAccess();
  const { appUrl, operatorToken } = context.stack;
  const members = await callJson(`${appUrl}/api/v1/operator/companies/demo/members`, { token: operatorToken });
  const userId = membersSchema.parse(members.body).members[0]?.userId ?? '';
  context.website = widgetDemoUrl;
  context.agent = open.adopt(await startAgent({ stack: context.stack, userId, token: await sessionOf(context.stack, userId) }), (agent) =>
    agent.stop(),
  );
  context.browser = open.adopt(await startJourneyBrowser({ scale: 2 }), (browser) => browser.close());
  context.visitor = await context.browser.newVisitor();
  context.page = await context.visitor.visit(widgetDemoUrl);
  context.chat = chatOn(context.page);
  await context.chat.open();
  const stream = context.page.waitForResponse((response) => response.url().endsWith('/visitor/stream'));
  await context.chat.send(QUESTION);
  await stream;
  const company = { teamRoomId: demo.teamRoomId, userId: demo.companyUserId };
  context.side = await takeConversation(context.agent, company, await context.chat.conversationNumber());
});

job.after(() => open.disposeAsync());

const QUESTION = 'Guten Tag, kann ich das Linden 7 am Samstag Probe fahren?';
const ANSWER = 'Guten Tag, sehr gern. Wir sind von 10 bis 15 Uhr da. Welche Größe brauchen Sie?';
const ANSWER_HTML =
  '<p>Guten Tag, sehr gern. Wir sind von <strong>10 bis 15 Uhr</strong> da. Welche Größe brauchen Sie?</p>' +
  '<ul><li>Rahmen 50: bis 1,72 m</li><li>Rahmen 55: bis 1,85 m</li></ul>';
const SIZE = 'Ich bin 1,68 m groß, also 50.';

job("a visitor's words arrive in the agent's Matrix client, from a page of another origin than ours", async ({ stack, website, side }) => {
  assert.is.not(new URL(website).origin, stack.appUrl);
  const { sender } = await side.hear(QUESTION);
  assert.match(sender, /^@visitor_/);
});

job(
  'the visitor sees the agent typing, and then the formatted answer with the name that the company chose',
  async ({ chat, agent, side }) => {
    await agent.type(side.room, true);
    await chat.says(german.typing.replace('{name}', 'Dana')).waitFor();
    await agent.say(side.room, ANSWER, { format: 'org.matrix.custom.html', formatted_body: ANSWER_HTML });
    const answer = chat.message('sehr gern');
    await answer.waitFor();
    assert.is(await answer.locator('b').innerText(), '10 bis 15 Uhr');
    assert.equal(await answer.getByRole('listitem').allInnerTexts(), ['Rahmen 50: bis 1,72 m', 'Rahmen 55: bis 1,85 m']);
    await chat.panel.locator('.name', { hasText: 'Dana' }).waitFor();
    await chat.says(german.answering.replace('{names}', 'Dana')).waitFor();
    assert.not.match(await chat.log.innerText(), '@demo');
  },
);

job('the agent sees the visitor typing', async ({ chat, agent, side }) => {
  await chat.field.click();
  await chat.field.pressSequentially(SIZE);
  const typing = await agent.waitFor(
    'typing of the visitor',
    ({ kind, roomId, users = [] }) => kind === 'typing' && roomId === side.room && users.some((user) => user.startsWith('@visitor_')),
  );
  assert.ok(typing);
  await chat.field.press('Enter');
  await side.hear(SIZE);
});

job('the agent sees that the visitor has read, and the visitor that the agent has', async ({ chat, agent, side, page }) => {
  await agent.waitFor(
    'the receipt of the visitor',
    ({ kind, roomId, userId = '' }) => kind === 'receipt' && roomId === side.room && userId.startsWith('@visitor_'),
  );
  await chat.state(SIZE, german.sent).waitFor();
  await agent.read(side.room, (await side.hear(SIZE)).event_id);
  await chat.state(SIZE, german.read).waitFor();
  if (process.env['SMOOPE_SCREENSHOTS'] === undefined) return;
  await agent.type(side.room, true);
  await chat.says(german.typing.replace('{name}', 'Dana')).waitFor();
  await takePicture(page, 'conversation');
});

job('what the agent closes shows as closed, and goes on when the visitor writes again', async ({ chat, side, agent }) => {
  await side.close();
  await chat.says(german.closed).waitFor();
  await chat.send('Noch etwas: Haben Sie dort Parkplätze?');
  await side.hear('Noch etwas: Haben Sie dort Parkplätze?');
  await chat.says(german.closed).waitFor({ state: 'detached' });
  await agent.say(side.room, 'Ja, direkt vor der Tür.');
  await chat.message('Ja, direkt vor der Tür.').waitFor();
});

job('nobody but the website and we was asked for anything in all this, and no script failed', ({ visitor, stack, website }) => {
  assert.ok(visitor.requests.length > 10);
  assert.equal(foreignRequests(visitor, stack, website), []);
  assert.equal(visitor.errors, []);
});

job.run();
