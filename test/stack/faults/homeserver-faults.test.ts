import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { takeConversation } from '../../browser/journeys/agent-side.ts';
import { chatOn } from '../../browser/journeys/chat.ts';
import { startHostSite, widgetPage } from '../../browser/journeys/host-site.ts';
import { startJourneyBrowser } from '../../browser/journeys/journey-browser.ts';
import type { JsonAnswer } from '../stack-access.ts';
import { roomOfAnnouncement, whenOutboxIsDone } from '../conversation-facts.ts';
import { CANARY } from '../test-company.ts';
import { newTxnId, openVisitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';
import { bodiesInHistory, bodiesInRoom, sayUntilTaken } from './delivery.ts';
import { assertLogIsSilent, onFaultyStack, type FaultyCompany } from './faulty-company.ts';

const faults = suite<FaultyCompany>('when Synapse fails');

faults.before(onFaultyStack.open);
faults.after(onFaultyStack.close);

function assertRefusedForNow({ status, body, headers }: JsonAnswer): void {
  assert.equal([status, body['errcode']], [503, 'COM_SMOOPE_HOMESERVER_UNAVAILABLE']);
  assert.ok(Number(headers.get('retry-after')) >= 1, 'the time to wait, in seconds');
}

/** Rooms of conversations that are announced in the team room, one for each announcement. */
const announcedRooms = async ({ agent, company }: FaultyCompany): Promise<string[]> =>
  (await agent.messages(company.teamRoomId, 500))
    .filter(({ content }) => String(content['body']).includes('matrix:roomid/'))
    .map((announcement) => roomOfAnnouncement(announcement));

faults(
  'while Synapse is away a message is refused with the time to wait, and repeated later it arrives once',
  async ({ stack, agent, talk }) => {
    const txnId = newTxnId();
    await stack.parts.killSynapse();
    assertRefusedForNow(await talk.visitor.trySay(`${CANARY} trotzdem`, { txnId }));
    await stack.parts.synapse.start();
    await sayUntilTaken(talk.visitor, `${CANARY} trotzdem`, txnId);
    assert.is((await bodiesInRoom(agent, talk.roomId)).filter((body) => body === `${CANARY} trotzdem`).length, 1);
  },
);

faults(
  'a first message that Synapse could not take announces nothing; repeated later it begins one conversation, announced once',
  async (context) => {
    const { stack, company } = context;
    // The last of them finds no room made in advance.
    const visitors = [];
    while (visitors.length <= stack.access.config.conversations.poolSize) visitors.push(await openVisitor(stack.access, company.slug));
    const prepared = () => stack.database('prepared_room').where({ company_id: company.id }).pluck<string[]>('room_id');
    const rooms = await eventually('a full pool', async () => {
      const made = await prepared();
      return made.length === visitors.length - 1 ? made : undefined;
    });
    const known = await announcedRooms(context);
    const messages = visitors.map((visitor, index) => ({ visitor, body: `${CANARY} zuerst ${index}`, txnId: newTxnId() }));

    await stack.parts.killSynapse();
    for (const { visitor, body, txnId } of messages) assertRefusedForNow(await visitor.trySay(body, { txnId }));
    assert.equal(await prepared(), []);
    assert.equal(await stack.database('outbox').where({ action: 'announceConversation' }), []);
    await stack.parts.synapse.start();
    assert.equal(await announcedRooms(context), known, 'nobody is called to a conversation in which nothing was said');

    for (const { visitor, body, txnId } of messages) {
      const { conversationId, eventId } = await sayUntilTaken(visitor, body, txnId);
      assert.is((await visitor.say(body, { txnId })).eventId, eventId);
      assert.equal(
        (await visitor.conversations()).map(({ id }) => id),
        [conversationId],
      );
      assert.equal(await bodiesInHistory({ visitor, id: conversationId }), [body]);
      await whenOutboxIsDone(stack.database, conversationId);
    }
    const announced = (await announcedRooms(context)).filter((roomId) => !known.includes(roomId));
    assert.is(announced.length, messages.length);
    assert.is(new Set(announced).size, messages.length);
    for (const roomId of rooms) assert.ok(announced.includes(roomId));
  },
);

faults('a message that was taken and is repeated after a restart of Synapse is still one message', async ({ stack, agent, talk }) => {
  const txnId = newTxnId();
  const first = await talk.visitor.say(`${CANARY} einmal`, { txnId });
  await stack.parts.restartSynapse();
  assert.is((await sayUntilTaken(talk.visitor, `${CANARY} einmal`, txnId)).eventId, first.eventId);
  assert.is((await bodiesInRoom(agent, talk.roomId)).filter((body) => body === `${CANARY} einmal`).length, 1);
});

faults(
  'what a visitor writes while Synapse is away is kept, said to be kept, and sent once when it is back',
  async ({ stack, company, agent }) => {
    await using open = new AsyncDisposableStack();
    const site = open.adopt(await startHostSite(), (started) => started.close());
    assert.is((await company.operate('PATCH', '/settings', { origins: [site.origin] })).status, 200);
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
  },
);

faults('whatever went wrong, no line of the log holds a word, a name, a token or a Matrix id', assertLogIsSilent);

faults.run();
