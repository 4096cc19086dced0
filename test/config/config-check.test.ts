import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = fileURLToPath(new URL('../../', import.meta.url));

function check(args: string[], environment: NodeJS.ProcessEnv = {}): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['appservice/commands/config-check.ts', ...args], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

test('a file that can be used is said to be', () => {
  const { status, output } = check(['config.sample.yaml']);
  assert.is(status, 0, output);
  assert.match(output, 'can be used');
});

test('a bad key stops it with path and what is allowed', () => {
  const { status, output } = check(['config.sample.yaml'], { SMOOPE_LISTEN__PORT: '99999', SMOOPE_LOG__LEVEL: 'loud' });
  assert.is(status, 1);
  assert.match(output, 'listen.port: Too big: expected number to be <=65535');
  assert.match(output, 'log.level: Invalid option: expected one of "debug"');
});

test('a file that is missing is said to be, without a stack', () => {
  const { status, output } = check(['nowhere.yaml']);
  assert.is(status, 1);
  assert.match(output, 'nowhere.yaml cannot be read');
  assert.not.match(output, '    at ');
});

test('without a file it says how it is used', () => {
  const { status, output } = check([]);
  assert.is(status, 2);
  assert.match(output, 'Usage: npm run config:check -- FILE');
});

test.run();
