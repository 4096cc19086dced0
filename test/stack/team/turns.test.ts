import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inThread } from '../agents/agent.ts';
import { waitForAnnouncement } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, openVisitor } from '../visitor-client.ts';
import { runJob, untilAnswered, untilShown } from './team-room.ts';

const turns = suite<{ stack: StackAccess }>('routing in turns and hours');

turns.before((context) => {
  context.stack = sharedStackAccess();
});

const always = {
  timeZone: 'UTC',
  open: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => ({ day, from: '00:00', to: '23:59' })),
};
const never = { timeZone: 'UTC', open: [] };

async function begin(stack: StackAccess, company: TestCompany): Promise<{ number: number; id: string }> {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId: id } = await visitor.say(`${CANARY} Hallo`);
  return { id, number: (await visitor.conversations())[0]?.number ?? 0 };
}

/** Who of the agents was invited to a conversation first; invitations of the company itself are long over. */
async function whoIsInvited(agents: readonly CompanyAgent[], heardBefore: readonly number[]): Promise<CompanyAgent> {
  return Promise.any(
    agents.map(async (agent, index) => {
      await agent.waitFor('the invitation', (heard) => heard.kind === 'invite' && agent.heard.indexOf(heard) >= (heardBefore[index] ?? 0));
      return agent;
    }),
  );
}

turns('each conversation goes to the next available member, who is invited', async ({ stack }) => {
  const company = await newCompany(stack, { settings: { routing: 'round-robin', businessHours: always } });
  const anna = await company.newAgent({ displayName: `Anna ${CANARY}` });
  const bernd = await company.newAgent({ displayName: `Bernd ${CANARY}` });
  const chosen: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    const before = [anna.heard.length, bernd.heard.length];
    const { number } = await begin(stack, company);
    const invited = await whoIsInvited([anna, bernd], before);
    chosen.push(invited.displayName);
    const announcement = await waitForAnnouncement(anna, company, number);
    const text = String(announcement.content['body']);
    if (!text.includes(`Bei ${invited.displayName}`))
      await untilShown(anna, company.teamRoomId, announcement, `Bei ${invited.displayName}`);
  }
  assert.equal(
    chosen,
    [anna, bernd, anna, bernd].map(({ displayName }) => displayName),
  );
  await Promise.all([anna.stop(), bernd.stop()]);
});

turns('who is !away gets none; with nobody here it stays announced, and goes to who comes !here', async ({ stack }) => {
  const company = await newCompany(stack, { settings: { routing: 'round-robin' } });
  const anna = await company.newAgent({ displayName: `Anna ${CANARY}` });
  const bernd = await company.newAgent({ displayName: `Bernd ${CANARY}` });
  const away = await untilAnswered(anna, company.teamRoomId, await anna.say(company.teamRoomId, '!away'));
  assert.match(String(away.content['body']), 'abwesend');
  for (let count = 0; count < 2; count += 1) {
    const before = [anna.heard.length, bernd.heard.length];
    await begin(stack, company);
    assert.is((await whoIsInvited([anna, bernd], before)).displayName, bernd.displayName);
  }
  await untilAnswered(bernd, company.teamRoomId, await bernd.say(company.teamRoomId, '!Away'));
  const { number } = await begin(stack, company);
  const announcement = await waitForAnnouncement(anna, company, number);
  assert.match(String(announcement.content['body']), 'Noch bei niemandem');
  // In a thread as well as in the room.
  await anna.send(company.teamRoomId, 'm.room.message', inThread(announcement.event_id, '!here'));
  await untilShown(anna, company.teamRoomId, announcement, `Bei Anna ${CANARY}`);
  await Promise.all([anna.stop(), bernd.stop()]);
});

turns('outside business hours nobody is called; once they begin the conversation is given to somebody', async ({ stack }) => {
  const company = await newCompany(stack, { settings: { routing: 'round-robin', businessHours: never } });
  const anna = await company.newAgent({ displayName: `Anna ${CANARY}` });
  const { number } = await begin(stack, company);
  const announcement = await waitForAnnouncement(anna, company, number);
  await runJob(stack, 'team.route');
  assert.match(String(announcement.content['body']), 'Noch bei niemandem');
  assert.is((await company.operate('PATCH', '/settings', { businessHours: always })).status, 200);
  await runJob(stack, 'team.route');
  await untilShown(anna, company.teamRoomId, announcement, `Bei Anna ${CANARY}`);
  await anna.stop();
});

turns('what lies with somebody who left the company goes back to the others', async ({ stack }) => {
  const company = await newCompany(stack, { settings: { routing: 'round-robin' } });
  const anna = await company.newAgent({ displayName: `Anna ${CANARY}` });
  const { number } = await begin(stack, company);
  const announcement = await waitForAnnouncement(anna, company, number);
  const bernd = await company.newAgent({ displayName: `Bernd ${CANARY}` });
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(anna.userId)}`)).status, 204);
  await runJob(stack, 'team.route');
  await untilShown(bernd, company.teamRoomId, announcement, `Bei Bernd ${CANARY}`);
  await Promise.all([anna.stop(), bernd.stop()]);
});

turns("greeting and out-of-hours text come in the person's language as notices, the second once an absence", async ({ stack }) => {
  const texts = {
    de: { welcome: `${CANARY} Willkommen`, outOfHours: `${CANARY} Morgen wieder` },
    en: { welcome: `${CANARY} Welcome`, outOfHours: `${CANARY} Tomorrow` },
  };
  const company = await newCompany(stack, { settings: { locale: 'en', texts, businessHours: never } });
  const anna = await company.newAgent();
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId } = await visitor.say(`${CANARY} eins`);
  const stream = await visitor.openStream(`${conversationId}:0`);
  const welcome = await stream.waitForBody(`${CANARY} Willkommen`);
  assert.equal([welcome.sender.kind, welcome.content['msgtype']], ['company', 'm.notice']);
  await stream.waitForBody(`${CANARY} Morgen wieder`);
  await visitor.say(`${CANARY} zwei`);
  await stream.waitForBody(`${CANARY} zwei`);
  const number = (await visitor.conversations())[0]?.number ?? 0;
  assert.is((await visitor.conversations())[0]?.status, 'waiting', 'a text of ours answers nobody');
  await anna.send(company.teamRoomId, 'm.room.message', inThread((await waitForAnnouncement(anna, company, number)).event_id, '!close'));
  await stream.waitForSummary('the end', ({ status }) => status === 'closed');
  const told = (await visitor.history(conversationId)).map(bodyOf).filter((body) => body === `${CANARY} Morgen wieder`);
  assert.is(told.length, 1);
  await Promise.all([anna.stop(), stream.close()]);
});

turns.run();
