import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inThread } from '../agents/agent.ts';
import { waitForAnnouncement } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, openVisitor } from '../visitor-client.ts';
import { runJob, untilAnswered, untilShown } from './team-room.ts';

type Context = { stack: StackAccess; company: TestCompany; anna: CompanyAgent; bernd: CompanyAgent };

const turns = suite<Context>('routing in turns and hours');

turns.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack, { settings: { routing: 'round-robin' } });
  context.anna = await context.company.newAgent({ displayName: `Anna ${CANARY}` });
  context.bernd = await context.company.newAgent({ displayName: `Bernd ${CANARY}` });
});
turns.after(async ({ anna, bernd }) => {
  await Promise.all([anna.stop(), bernd.stop()]);
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

/** Gives the company these settings, whatever it had before. */
async function arrange({ company }: Context, settings: { locale?: string; businessHours?: object; texts?: object } = {}): Promise<void> {
  const { status } = await company.operate('PATCH', '/settings', { locale: 'de', businessHours: null, texts: {}, ...settings });
  assert.is(status, 200);
}

/** Begins a conversation; answers who of the agents was invited to it first. */
async function beginFor({ stack, company, anna, bernd }: Context): Promise<{ number: number; invited: CompanyAgent }> {
  const invitations = [anna, bernd].map((agent) => ({ agent, listening: agent.fromNow() }));
  const { number } = await begin(stack, company);
  const invited = await Promise.any(
    invitations.map(async ({ agent, listening }) => {
      await listening.waitFor('the invitation', ({ kind }) => kind === 'invite');
      return agent;
    }),
  );
  return { number, invited };
}

// First, while it has never been anybody's turn.
turns('each conversation goes to the next available member, who is invited', async (context) => {
  const { company, anna, bernd } = context;
  await arrange(context, { businessHours: always });
  const chosen: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    const { number, invited } = await beginFor(context);
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
});

turns('outside business hours nobody is called; once they begin the conversation is given to somebody', async (context) => {
  const { stack, company, anna } = context;
  await arrange(context, { businessHours: never });
  const { number } = await begin(stack, company);
  const announcement = await waitForAnnouncement(anna, company, number);
  await runJob(stack, 'team.route');
  assert.match(String(announcement.content['body']), 'Noch bei niemandem');
  await arrange(context, { businessHours: always });
  await runJob(stack, 'team.route');
  await untilShown(anna, company.teamRoomId, announcement, new RegExp(`Bei (Anna|Bernd) ${CANARY}`));
});

turns("greeting and out-of-hours text come in the person's language as notices, the second once an absence", async (context) => {
  const { stack, company, anna } = context;
  const texts = {
    de: { welcome: `${CANARY} Willkommen`, outOfHours: `${CANARY} Morgen wieder` },
    en: { welcome: `${CANARY} Welcome`, outOfHours: `${CANARY} Tomorrow` },
  };
  await arrange(context, { locale: 'en', texts, businessHours: never });
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
  await stream.close();
});

turns('who is !away gets none; with nobody here it stays announced, and goes to who comes !here', async (context) => {
  const { stack, company, anna, bernd } = context;
  await arrange(context);
  const away = await untilAnswered(anna, company.teamRoomId, await anna.say(company.teamRoomId, '!away'));
  assert.match(String(away.content['body']), 'abwesend');
  for (let count = 0; count < 2; count += 1) assert.is((await beginFor(context)).invited.displayName, bernd.displayName);
  await untilAnswered(bernd, company.teamRoomId, await bernd.say(company.teamRoomId, '!Away'));
  const { number } = await begin(stack, company);
  const announcement = await waitForAnnouncement(anna, company, number);
  assert.match(String(announcement.content['body']), 'Noch bei niemandem');
  // In a thread as well as in the room.
  await anna.send(company.teamRoomId, 'm.room.message', inThread(announcement.event_id, '!here'));
  await untilShown(anna, company.teamRoomId, announcement, `Bei Anna ${CANARY}`);
});

// Last, because somebody leaves.
turns('what lies with somebody who left the company goes back to the others', async (context) => {
  const { stack, company, anna, bernd } = context;
  await arrange(context);
  for (const agent of [anna, bernd]) await untilAnswered(agent, company.teamRoomId, await agent.say(company.teamRoomId, '!here'));
  const { number, invited } = await beginFor(context);
  const other = invited === anna ? bernd : anna;
  const announcement = await waitForAnnouncement(other, company, number);
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(invited.userId)}`)).status, 204);
  await runJob(stack, 'team.route');
  await untilShown(other, company.teamRoomId, announcement, `Bei ${other.displayName}`);
});

turns.run();
