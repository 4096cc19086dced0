import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { openVisitor } from '../visitor-client.ts';
import { createWaiting, type Waiting } from '../waiting.ts';
import { ensureAgentPython } from './agent-python.ts';

type Context = { stack: StackAccess; company: TestCompany; program: ChildProcess; lines: Waiting<string> };

const PROGRAM = fileURLToPath(new URL('mautrix_bot.py', import.meta.url));
const bot = suite<Context>("a company's own program, written with a library that is not ours (mautrix)");

bot.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  const issued = await context.company.operate('POST', '/service-accounts', { name: 'bot' });
  assert.is(issued.status, 201);
  const { userId, accessToken } = issued.body as { userId: string; accessToken: string };
  context.program = spawn(await ensureAgentPython(), [PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      HOMESERVER: context.stack.homeserverUrl,
      USER_ID: userId,
      ACCESS_TOKEN: accessToken,
      TEAM_ROOM: context.company.teamRoomId,
    },
  });
  const lines = (context.lines = createWaiting<string>());
  if (context.program.stdout === null) throw new Error('the program has no output');
  createInterface(context.program.stdout).on('line', (line) => lines.add(line));
  await lines.waitFor('the program', (line) => line === 'ready');
});
bot.after(({ program }) => void program.kill());

bot('finds a new conversation by its announcement, answers in it, reacts, and closes it by a reply', async ({ stack, company, lines }) => {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId } = await visitor.say(`${CANARY} Guten Tag`);
  const stream = await visitor.openStream(`${conversationId}:0`);
  await stream.waitForBody('kanari bot hat übernommen');
  await visitor.say(`${CANARY} Danke!`, { conversationId });
  await stream.waitForEvent('the reaction', ({ type }) => type === 'm.reaction');
  await stream.waitForSummary('the end', ({ status }) => status === 'closed');
  await lines.waitFor('the command', (line) => line === 'closed');
  assert.not.match(visitor.everything(), '!close');
  await stream.close();
});

bot.run();
