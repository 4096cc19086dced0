import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { EmbeddedStack } from '../../homeserver-config/embedded/stack.ts';
import { makeDataDir, removeDataDir, startTestStack } from './embedded-fixture.ts';

const START = fileURLToPath(new URL('../../appservice/commands/start.ts', import.meta.url));

const production = suite<{ dataDir: string; stack: EmbeddedStack; file: string }>('npm start with a production config');

production.before(async (context) => {
  context.dataDir = makeDataDir();
  // Stands for the operator's own PostgreSQL and Synapse.
  context.stack = await startTestStack(context.dataDir);
  context.file = join(context.dataDir, 'production.yaml');
  const config = {
    ...context.stack.config,
    profile: 'production',
    publicOrigin: 'https://chat.example.de',
    sms: { adapter: 'none' },
    mail: { adapter: 'none' },
  };
  writeFileSync(context.file, stringify(config));
});
production.after(async ({ dataDir, stack }) => {
  await stack.stop();
  await removeDataDir(dataDir);
});

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

production('it migrates, runs the appservice alone, ends in good order, and leaves PostgreSQL and Synapse as they are', async (context) => {
  const { file, stack } = context;
  const child = spawn(process.execPath, [START, '--production-config', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${stack.ports.app}/health/ready`;
  while (child.exitCode === null && !(await isReady(url))) await wait(100);
  assert.ok(await isReady(url), output);
  const pids = [stack.postgres.pid(), stack.synapse.pid()];
  child.kill('SIGTERM');
  assert.equal(await ended, [0, null], output);
  assert.match(output, '✓ Migrations');
  assert.equal([stack.postgres.pid(), stack.synapse.pid()], pids);
  assert.not.match(output, stack.secrets.appserviceToken);
});

production.run();
