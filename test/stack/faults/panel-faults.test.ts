import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { takeConversation } from '../../browser/journeys/agent-side.ts';
import { chatOn } from '../../browser/journeys/chat.ts';
import { startHostSite, widgetPage } from '../../browser/journeys/host-site.ts';
import { startJourneyBrowser } from '../../browser/journeys/journey-browser.ts';
import { newCompany } from '../test-company.ts';
import { startFaultyStack, type FaultyStack } from './faulty-stack.ts';
import { bodiesInRoom } from './delivery.ts';

const faults = suite<{ stack: FaultyStack }>('a panel while parts fail');
const open = new AsyncDisposableStack();

faults.before(async (context) => {
  context.stack = open.adopt(await startFaultyStack(), (stack) => stack.stop());
});
faults.after(() => open.disposeAsync());

faults('what a visitor writes while Synapse is away is kept, said to be kept, and sent once when it is back', async ({ stack }) => {
  const site = open.adopt(await startHostSite(), (started) => started.close());
  const company = await newCompany(stack.access, { settings: { origins: [site.origin] } });
  const agent = open.adopt(await company.newAgent(), (started) => started.stop());
  const browser = open.adopt(await startJourneyBrowser(), (started) => started.close());
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(site.add('/', { html: widgetPage(stack.access, company.slug) }));
  const chat = chatOn(page);
  await chat.open();
  await chat.send('Vorher.');
  await chat.state('Vorher.', german.sent).waitFor();
  const side = await takeConversation(agent, company, await chat.conversationNumber());

  await stack.parts.killSynapse();
  await chat.send('Während Synapse weg ist.');
  await chat.says(german.interruptedKept).waitFor();
  // Whoever leaves the page meanwhile finds the message again.
  await page.reload();
  await chat.open();
  await chat.message('Während Synapse weg ist.').waitFor();

  await stack.parts.synapse.start();
  await chat.state('Während Synapse weg ist.', german.sent).waitFor({ timeout: 60_000 });
  await side.hear('Während Synapse weg ist.');
  await agent.say(side.room, 'Wir sind wieder da.');
  await chat.message('Wir sind wieder da.').waitFor({ timeout: 60_000 });
  // What stood there before the reload comes back by itself.
  await chat.message('Vorher.').waitFor();
  const bodies = await bodiesInRoom(agent, side.room);
  assert.equal(
    bodies.filter((body) => !body.startsWith('!')),
    ['Vorher.', 'Während Synapse weg ist.', 'Wir sind wieder da.'],
  );
  assert.is(await chat.panel.locator('.bubble').count(), 3);
  assert.equal(visitor.errors, []);
});

faults.run();
