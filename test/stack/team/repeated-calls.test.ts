import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { inThread, type AgentEvent } from '../agents/agent.ts';
import { openRows, roomOfAnnouncement, waitForAnnouncement, whenOutboxIsDone } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { openVisitor } from '../visitor-client.ts';
import { untilAnswered } from './team-room.ts';

type Context = { stack: StackAccess; rows: Database; company: TestCompany; agent: CompanyAgent; name: string };

const repeated = suite<Context>('calls to Matrix that are made twice');

/**
 * An entry of the company stays where it is to be removed for the first time, as if the process had died between the call and
 * the removal; the worker finds it again.
 */
async function repeatEveryCall({ rows, company, name }: Context): Promise<void> {
  await rows.raw(`
    create table ${name} (id bigint primary key, action text);
    create function ${name}() returns trigger language plpgsql as $$
    begin
      if not exists (select 1 from conversation where id = old.payload->>'conversationId' and company_id = '${company.id}')
         and old.payload->>'companyId' is distinct from '${company.id}' then return old; end if;
      insert into ${name} values (old.id, old.action) on conflict do nothing;
      return case when found then null else old end;
    end $$;
    create trigger ${name} before delete on outbox for each row execute function ${name}()`);
}

repeated.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  const texts = { texts: { de: { welcome: `${CANARY} Willkommen` } }, cannedReplies: { gruss: { de: `${CANARY} Guten Tag` } } };
  context.company = await newCompany(context.stack, { settings: { routing: 'everyone', ...texts } });
  context.agent = await context.company.newAgent();
  context.name = `repeated_${context.company.slug}`;
});
repeated.after(async ({ rows, agent, name }) => {
  await rows.raw(`drop function if exists ${name}() cascade; drop table if exists ${name}`);
  await Promise.all([agent.stop(), rows.destroy()]);
});

/** What the company said in a room, and whom it invited there, each as often as it stands there. */
async function listDone({ agent, company }: Context, roomId: string): Promise<string[]> {
  const isDone = ({ type, sender, content }: AgentEvent): boolean =>
    sender === company.userId &&
    (type === 'm.room.message' || type === 'm.room.redaction' || (type === 'm.room.member' && content['membership'] === 'invite'));
  const events = (await agent.messages(roomId, 100)).filter(isDone);
  return events.map(({ type, content, redacts, state_key: key }) => JSON.stringify([type, content, redacts, key]));
}

repeated('what is said to a team and to a person stands there once, although each call was made twice', async (context) => {
  const { stack, rows, company, agent, name } = context;
  await repeatEveryCall(context);
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId } = await visitor.say(`${CANARY} Hallo`);
  const number = (await visitor.conversations()).find(({ id }) => id === conversationId)?.number ?? 0;
  const announcement = await waitForAnnouncement(agent, company, number);
  const roomId = roomOfAnnouncement(announcement);
  await agent.waitFor('the invitation', (heard) => heard.kind === 'invite' && heard.roomId === roomId);
  await whenOutboxIsDone(rows, conversationId);
  await agent.join(roomId);
  const type = (body: string) => agent.send(company.teamRoomId, 'm.room.message', inThread(announcement.event_id, body));
  await untilAnswered(agent, company.teamRoomId, await type('!who'));
  await agent.say(roomId, '!reply gruss');
  await type('!claim');
  await type('!close');
  await agent.waitForEvent(company.teamRoomId, 'the word that it is closed', ({ content }) => /geschlossen/i.test(String(content['body'])));
  await whenOutboxIsDone(rows, conversationId);

  const actions = await rows(name).distinct<{ action: string }[]>('action').orderBy('action');
  for (const action of [
    'announceConversation',
    'answerCommand',
    'inviteMembers',
    'redact',
    'sendCompanyText',
    'tellTeam',
    'updateAnnouncement',
  ])
    assert.ok(
      actions.some((found) => found.action === action),
      `${action} was made twice`,
    );
  for (const room of [company.teamRoomId, roomId]) {
    const done = await listDone(context, room);
    assert.ok(done.length >= 3, `${done.length} of the company`);
    assert.equal(done, [...new Set(done)]);
  }
});

repeated.run();
