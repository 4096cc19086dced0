import { PgBoss } from 'pg-boss';
import { JOBS_SCHEMA } from '../../../appservice/database/jobs.ts';
import type { Agent, AgentEvent, Listening } from '../agents/agent.ts';
import type { StackAccess } from '../stack-access.ts';
import { eventually } from '../waiting.ts';

const relationOf = ({ content }: AgentEvent): { rel_type?: string; event_id?: string } =>
  (content['m.relates_to'] as { rel_type?: string; event_id?: string } | undefined) ?? {};

/** Waits until the announcement was edited to hold `shown`; answers the text it has then. */
export async function untilShown(
  listening: Pick<Listening, 'waitForEvent'>,
  roomId: string,
  announcement: AgentEvent,
  shown: string | RegExp,
): Promise<string> {
  const textOf = ({ content }: AgentEvent): string => String((content['m.new_content'] as { body?: unknown } | undefined)?.body);
  const edit = await listening.waitForEvent(roomId, `the announcement to show ${shown}`, (event) => {
    const { rel_type: type, event_id: target } = relationOf(event);
    return (
      type === 'm.replace' &&
      target === announcement.event_id &&
      event.sender === announcement.sender &&
      textOf(event).match(shown) !== null
    );
  });
  return textOf(edit);
}

/** Waits for the answer to what the agent typed as `eventId`; answers it. */
export function untilAnswered(agent: Agent, roomId: string, eventId: string): Promise<AgentEvent> {
  return agent.waitForEvent(
    roomId,
    'the answer to the command',
    ({ content }) =>
      content['msgtype'] === 'm.notice' &&
      JSON.stringify(content['m.relates_to'] ?? {}).includes(`"m.in_reply_to":{"event_id":"${eventId}"}`),
  );
}

/** As an agent reacts in any client. */
export const react = (agent: Agent, roomId: string, eventId: string, key: string): Promise<string> =>
  agent.send(roomId, 'm.reaction', { 'm.relates_to': { rel_type: 'm.annotation', event_id: eventId, key } });

/** Content of `com.smoope.conversation` in a room, as the agent reads it. */
export async function conversationState(agent: Agent, roomId: string): Promise<Record<string, unknown>> {
  return (await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/state/com.smoope.conversation/`)).body;
}

/** Has a job of the stack run now, and waits until it has. */
export async function runJob({ databaseUrl }: StackAccess, name: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: JOBS_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
    migrate: false,
  });
  await boss.start();
  try {
    // Refused while a run of its own waits or goes on: it may have looked before what it is to find.
    const id = await eventually(`the job ${name} to be taken`, async () => (await boss.send(name)) ?? undefined);
    await eventually(`the job ${name} to have run`, async () => {
      const [job] = await boss.findJobs(name, { id });
      return job?.state === 'completed' ? true : undefined;
    });
  } finally {
    await boss.stop({ graceful: false });
  }
}
