import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { forbiddenLines } from '../../logs/forbidden-in-logs.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { startFaultyStack, type FaultyStack } from './faulty-stack.ts';

/** A company with an agent on a stack whose parts fail. */
export type FaultyCompany = {
  stack: FaultyStack;
  company: TestCompany;
  agent: CompanyAgent;
  /** A conversation for tests that say words of their own in it. */
  talk: OpenConversation;
};

/** Hooks of a suite on faults. */
export const onFaultyStack = {
  async open(context: FaultyCompany): Promise<void> {
    context.stack = await startFaultyStack();
    context.company = await newCompany(context.stack.access);
    context.agent = await context.company.newAgent();
    context.talk = await openConversation(context.stack.access, context.company, context.agent);
  },
  async close({ stack, agent }: FaultyCompany): Promise<void> {
    await agent.stop();
    await stack.stop();
  },
};

/** Fails when a line that the appservice wrote so far says what no log may say; warnings must be among them. */
export function assertLogIsSilent({ stack, agent }: FaultyCompany): void {
  const log = readFileSync(stack.access.appserviceLog, 'utf8');
  assert.match(log, '"level":"warn"');
  const { operatorToken, secrets } = stack.access;
  assert.equal(forbiddenLines(log, [operatorToken, agent.accessToken, ...Object.values(secrets)]), []);
}
