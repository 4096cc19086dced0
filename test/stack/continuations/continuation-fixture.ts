import type { Database } from '../../../appservice/database/database.ts';
import { openRows } from '../conversation-facts.ts';
import { newSignedInPerson, type SignedInPerson } from '../openid/signed-in-person.ts';
import { sharedStackAccess, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import type { Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

/** A company with an agent, to which visitors write who become customers. */
export type Moving = { stack: StackAccess; rows: Database; company: TestCompany; agent: CompanyAgent };

/** Makes and ends what the suites share. */
export const withCompany = {
  async open(context: Moving): Promise<void> {
    context.stack = sharedStackAccess();
    context.rows = openRows(context.stack);
    context.company = await newCompany(context.stack);
    context.agent = await context.company.newAgent();
  },
  async close({ rows, agent }: Moving): Promise<void> {
    await rows.destroy();
    await agent.stop();
  },
};

/** Somebody with an account, signed in. */
export const newCustomer = ({ stack }: Pick<Moving, 'stack'>): Promise<SignedInPerson> =>
  newSignedInPerson(stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });

/** A code of the visitor for the address that leads into the app, or for another purpose. */
export async function codeOf(visitor: Visitor, purpose = 'app'): Promise<string> {
  const { status, body } = await visitor.call('POST', '/session/codes', { purpose });
  if (status !== 201) throw new Error(`the code was answered with ${status} ${JSON.stringify(body)}`);
  return String(body['code']);
}

/** What the page does when the person agrees. */
export const continueIn = (person: SignedInPerson, code: string, company: string): Promise<JsonAnswer> =>
  person.page('POST', '/api/v1/account/continuations', { code, company });

/** Waits until the ghost has left the room of a conversation. */
export const whenMoved = (rows: Database, conversationId: string): Promise<true> =>
  eventually('the end of the move', async () =>
    (await rows('continued_conversation').where({ conversation_id: conversationId }).whereNotNull('left_at')).length > 0 ? true : undefined,
  );

/** The person of a row of `conversation` or `account`. */
export async function personOf(rows: Database, table: 'conversation' | 'account', id: string): Promise<string> {
  const [person] = (await rows(table).where({ id }).pluck('person_id')) as unknown[];
  if (typeof person !== 'string') throw new Error(`there is no such ${table}`);
  return person;
}
