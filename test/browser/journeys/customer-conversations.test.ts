import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { roomOfAnnouncement, waitForAnnouncement } from '../../stack/conversation-facts.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';
import { lookAround } from './look.ts';
import { registerPerson } from './register-person.ts';

type Context = Journey & { person: VisitorBrowser; agent: CompanyAgent };

const journey = suite<Context>('conversations of a customer in the web client');
const open = new AsyncDisposableStack();
journey.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.agent = await openAgent(open, context);
  context.person = open.adopt(await context.browser.newVisitor(), (person) => person.close());
});
journey.after(() => open.disposeAsync());

journey(
  'a person registers, writes to a company and reads the answer; a reload loses nothing',
  async ({ stack, company, agent, person }) => {
    const page = await person.visit(`${stack.appUrl}/conversations`);
    await page.getByRole('heading', { name: 'Ihre Unterhaltungen an einem Ort' }).waitFor();
    await assertAccessible('signed out', page);
    await page.getByRole('button', { name: 'Anmelden oder registrieren' }).click();
    await registerPerson(page);
    await page.getByRole('heading', { name: 'Noch keine Unterhaltungen' }).waitFor();
    assert.is(new URL(page.url()).search, '', 'no token stays in the address');

    await page.goto(`${stack.appUrl}/conversations/new/${company.slug}`);
    await page.getByRole('heading', { name: company.name }).waitFor();
    await page.keyboard.type(`${CANARY} Haben Sie offen?`);
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText(`${CANARY} Haben Sie offen?`).waitFor();
    const roomId = roomOfAnnouncement(await waitForAnnouncement(agent, company, 1));
    await agent.join(roomId);
    await agent.say(roomId, `${CANARY} Ja, bis sechs: https://example.org/hours.`);
    await page.getByRole('log').getByText('Ja, bis sechs').waitFor();
    await page.getByRole('log').getByText(agent.displayName).waitFor();
    const link = page.getByRole('log').getByRole('link', { name: 'https://example.org/hours' });
    assert.is(await link.getAttribute('rel'), 'noreferrer noopener');
    assert.is(await link.getAttribute('href'), 'https://example.org/hours', 'without the full stop');
    await assertAccessible('conversation', page);
    await lookAround(page, 'customer-conversation');

    await page.reload();
    await page.getByRole('log').getByText('Ja, bis sechs').waitFor();
    await page.getByRole('link', { name: new RegExp(company.name) }).waitFor();
    const answered = (await agent.messages(roomId, 5)).find(({ content }) => String(content['body']).includes('Ja, bis sechs'));
    await agent.waitFor('the receipt', ({ kind, eventId }) => kind === 'receipt' && eventId === answered?.event_id);
    const ours = [new URL(stack.appUrl).origin, new URL(stack.config.homeserver.publicUrl).origin];
    const elsewhere = person.requests.filter((address) => /^https?:/.test(address) && !ours.includes(new URL(address).origin));
    assert.equal(elsewhere, []);
    assert.equal(person.errors, []);
  },
);

journey.run();
