import type { Agent, AgentEvent } from './agents/agent.ts';
import type { TestCompany } from './test-company.ts';
import { openDatabase, type Database } from '../../appservice/database/database.ts';
import type { StackAccess } from './stack-access.ts';
import { eventually } from './waiting.ts';

/** The room that an announcement leads to, as a client reads its link. */
export function roomOfAnnouncement(event: AgentEvent): string {
  const link = /matrix:roomid\/([^?\s]+)\?via=/.exec(String(event.content['body']));
  if (link?.[1] === undefined) throw new Error('the announcement has no link');
  return `!${decodeURIComponent(link[1])}`;
}

/** Waits until the conversation with this number is announced in the team room. */
export function waitForAnnouncement(agent: Agent, company: TestCompany, number: number): Promise<AgentEvent> {
  // The headline begins with mark, word and number; further on a time of day may end in the same figures.
  const headline = new RegExp(`^\\S+ \\S+ ${number} · `);
  return agent.waitForEvent(
    company.teamRoomId,
    `the announcement of conversation ${number}`,
    ({ sender, content }) => sender === company.userId && headline.test(String(content['body']).split('\n')[0] ?? ''),
  );
}

/** Our database, for counting rows; whoever opens it destroys it. */
export function openRows({ databaseUrl }: StackAccess): Database {
  return openDatabase({ url: databaseUrl, poolSize: 2 });
}

/** Waits until every call to Matrix that follows from what happened in a conversation is made. */
export async function whenOutboxIsDone(database: Database, conversationId: string): Promise<void> {
  const left = () => database('outbox').whereRaw(`payload->>'conversationId' = ?`, [conversationId]).first<object | undefined>();
  await eventually('the outbox to be done with a conversation', async () => ((await left()) === undefined ? true : undefined));
}

/** Rows that a request to a company could write, by table; of this company alone, since other suites write at the same time. */
export async function countRows(database: Database, { id }: Pick<TestCompany, 'id'>): Promise<Record<string, number>> {
  const conversations = database('conversation').where({ company_id: id });
  const sessions = database('visitor_session').where({ company_id: id });
  const ofConversations = (table: string) => database(table).whereIn('conversation_id', conversations.clone().select('id'));
  const ofPersons = (table: string, column: string) =>
    database(table).whereIn(column, database.union([conversations.clone().select('person_id'), sessions.clone().select('person_id')]));
  const tables = {
    person: ofPersons('person', 'id'),
    person_identity: ofPersons('person_identity', 'person_id'),
    visitor_session: sessions,
    conversation: conversations,
    conversation_event: ofConversations('conversation_event'),
    conversation_agent: ofConversations('conversation_agent'),
    media_upload: ofPersons('media_upload', 'person_id'),
  };
  const counts = Object.entries(tables).map(async ([table, query]) => {
    const row = await query.clone().count<{ count: string }[]>('* as count').first();
    return [table, Number(row?.count)] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
