import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { inReply } from '../../stack/agents/agent.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../../stack/test-company.ts';
import { takeConversation, type AgentSide } from './agent-side.ts';
import { chatOn, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { foreignRequests, type VisitorBrowser } from './journey-browser.ts';

/** A company with its agent and a visitor, and the words that are theirs alone. */
type Party = {
  readonly mark: string;
  readonly company: TestCompany;
  readonly agent: CompanyAgent;
  readonly visitor: VisitorBrowser;
  readonly page: Page;
  readonly chat: Chat;
  side?: AgentSide;
};
type Context = Journey & { parties: readonly [Party, Party] };

const open = new AsyncDisposableStack();
const both = suite<Context>('two visitors in two companies, with two agents, at once');

const ROUNDS = [1, 2, 3, 4];
const asked = (mark: string, round: number): string => `Frage ${round} an ${mark}`;
const answered = (mark: string, round: number): string => `Antwort ${round} von ${mark}`;

both.before(async (context) => {
  Object.assign(context, await openJourney(open));
  const { stack, site, browser } = context;
  const second = await newCompany(stack, { settings: { origins: [site.origin] } });
  const begin = async (mark: string, company: TestCompany): Promise<Party> => {
    const agent = await openAgent(open, { company });
    const visitor = await browser.newVisitor();
    const page = await visitor.visit(site.add(`/${company.slug}`, { html: widgetPage(stack, company.slug) }));
    return { mark, company, agent, visitor, page, chat: chatOn(page) };
  };
  context.parties = await Promise.all([begin('Nord', context.company), begin('Süd', second)]);
});
both.after(() => open.disposeAsync());

/** Waits in vain for nothing: what must not come is looked for after something that comes later has come. */
const heardBy = ({ agent }: Party): string => JSON.stringify(agent.heard);

async function talk(party: Party): Promise<void> {
  const { mark, agent, company, chat } = party;
  await chat.open();
  await chat.send(asked(mark, 0));
  await chat.state(asked(mark, 0), german.sent).waitFor();
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  party.side = side;
  await agent.type(side.room, true);
  for (const round of ROUNDS) {
    await Promise.all([chat.send(asked(mark, round)), agent.say(side.room, answered(mark, round))]);
    await Promise.all([side.hear(asked(mark, round)), chat.message(answered(mark, round)).waitFor()]);
  }
  await agent.send(company.teamRoomId, 'm.room.message', inReply(side.announcement.event_id, `Notiz über ${mark}`));
}

both('each visitor and each agent hears everything of their own, once, and nothing of the other', async ({ parties, stack, site }) => {
  await Promise.all(parties.map((party) => talk(party)));
  for (const [index, party] of parties.entries()) {
    const { mark, chat, company, agent, visitor, side } = party;
    const other = parties[index === 0 ? 1 : 0];
    const bubbles = await chat.panel.locator('.bubble:not(.dots)').allInnerTexts();
    const expected = [asked(mark, 0), ...ROUNDS.flatMap((round) => [asked(mark, round), answered(mark, round)])];
    assert.equal(bubbles.toSorted(), expected.toSorted());
    assert.match(await chat.panel.locator('h1').innerText(), company.name);
    const heard = await agent.messages(side?.room ?? '', 100);
    const said = heard.flatMap(({ type, content }) => (type === 'm.room.message' ? [String(content['body'])] : []));
    assert.equal(said.filter((body) => /^(Frage|Antwort)/.test(body)).toSorted(), expected.toSorted());
    for (const strange of [other.mark, other.company.slug, other.agent.userId, other.side?.room ?? 'no room'])
      assert.not.match(heardBy(party), JSON.stringify(strange).slice(1, -1), `${mark} hears ${strange}`);
    assert.not.match(await chat.panel.locator('smoope-panel').innerText(), other.mark);
    assert.equal(foreignRequests(visitor, stack, site.origin), []);
    assert.equal(visitor.errors, []);
  }
});

both('an agent of one company cannot look into rooms of the other, nor command there', async ({ parties }) => {
  for (const [index, { agent }] of parties.entries()) {
    const other = parties[index === 0 ? 1 : 0];
    for (const room of [other.side?.room ?? '', other.company.teamRoomId, other.company.spaceId]) {
      const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`;
      for (const what of ['/messages?dir=b&limit=5', '/joined_members', '/state']) {
        assert.is((await agent.call('GET', `${path}${what}`)).errcode, 'M_FORBIDDEN', what);
      }
      assert.is((await agent.call('POST', `${path}/join`)).errcode, 'M_FORBIDDEN');
      assert.is((await agent.call('PUT', `${path}/send/m.room.message/1`, { msgtype: 'm.text', body: '!close' })).errcode, 'M_FORBIDDEN');
    }
  }
});

both('closing and deleting at one company changes nothing at the other', async ({ parties: [north, south] }) => {
  await north.side?.close();
  await north.chat.says(german.closed).waitFor();
  await south.chat.send('Hier geht es weiter');
  await south.side?.hear('Hier geht es weiter');
  assert.is(await south.chat.says(german.closed).count(), 0);
  await south.page.reload();
  await south.chat.open();
  await south.chat.message(answered(south.mark, 4)).waitFor();
  assert.is(await south.chat.conversationNumber(), 1);
});

both.run();
