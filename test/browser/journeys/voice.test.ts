import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { messages as more } from '../../../widget/locales/more/de.ts';
import { chatOn } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openJourney, type Journey } from './journey.ts';

const open = new AsyncDisposableStack();
const voice = suite<Journey>('voice messages');

voice.before(async (context) => {
  Object.assign(context, await openJourney(open));
});
voice.after(() => open.disposeAsync());

voice("a voice message is recorded in the panel on a company's website, and stands there to be played", async (context) => {
  const { site, stack, company, browser } = context;
  const visitor = await browser.newVisitor({ permissions: ['microphone'] });
  const page = await visitor.visit(site.add('/', { html: widgetPage(stack, company.slug) }));
  const chat = chatOn(page);
  await chat.open();
  await chat.panel.getByRole('button', { name: german.voice }).click();
  // The tone of the microphone has begun to be counted.
  await chat.panel.getByRole('timer').filter({ hasText: '0:01' }).waitFor();
  await chat.panel.getByRole('button', { name: more.stopRecording }).click();
  await chat.panel.getByRole('button', { name: more.play.replace('{name}', more.voiceMessage) }).waitFor();
  assert.equal(visitor.errors, []);
});

voice.run();
