import type { Agent, AgentEvent } from '../agents/agent.ts';
import type { TestCompany } from '../test-company.ts';

/** What a company's ghost said in a room of somebody, and where its link leads. */
export type Told = { readonly eventId: string; readonly body: string; readonly roomId: string };

/** Makes a direct chat as clients do, with the company invited; answers the room. */
export async function inviteCompany(
  person: Agent,
  company: Pick<TestCompany, 'userId'>,
  more: { readonly initial_state?: readonly object[]; readonly invite?: readonly string[] } = {},
): Promise<string> {
  const { invite = [], ...rest } = more;
  const body = { preset: 'trusted_private_chat', is_direct: true, invite: [company.userId, ...invite], ...rest };
  const made = await person.call('POST', '/_matrix/client/v3/createRoom', body);
  if (made.status !== 200) throw new Error(`the room was answered with ${made.status} ${made.errcode}`);
  return String(made.body['room_id']);
}

/** Waits for the notice of the company in a room; `after` leaves out those that were there before. */
export async function waitForNotice(person: Agent, company: TestCompany, roomId: string, after?: string): Promise<Told> {
  const event = await person.waitForEvent(
    roomId,
    `the notice of ${company.name}`,
    ({ sender, content, event_id: id }) => sender === company.userId && content['msgtype'] === 'm.notice' && id !== after,
  );
  const body = String(event.content['body']);
  const link = /matrix:roomid\/([^?\s]+)\?via=/.exec(body)?.[1];
  if (link === undefined) throw new Error(`no link in: ${body}`);
  return { eventId: event.event_id, body, roomId: `!${decodeURIComponent(link)}` };
}

/** Waits until a company's ghost has left a room. */
export function waitUntilLeft(person: Agent, company: TestCompany, roomId: string, ms = 45_000): Promise<AgentEvent> {
  return person.waitForEvent(
    roomId,
    `${company.name} to leave`,
    ({ type, state_key: key, content }) => type === 'm.room.member' && key === company.userId && content['membership'] === 'leave',
    ms,
  );
}

/** Waits for a message of the company's ghost in a conversation that repeats these words. */
export function waitForCarried(person: Agent, company: TestCompany, roomId: string, words: string): Promise<AgentEvent> {
  return person.waitForEvent(
    roomId,
    `the words that were carried over: ${words}`,
    ({ sender, content }) => sender === company.userId && String(content['body']).includes(`> ${words}`),
  );
}

/** Waits for a message of the company's ghost in a room that holds these words; answers the whole of it. */
export async function waitForWords(person: Agent, company: TestCompany, roomId: string, words: string): Promise<string> {
  const event = await person.waitForEvent(
    roomId,
    `the words of ${company.name}: ${words}`,
    ({ sender, content }) => sender === company.userId && String(content['body']).includes(words),
  );
  return String(event.content['body']);
}
