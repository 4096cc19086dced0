import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { embeddedExample } from './example-config.ts';

const START = fileURLToPath(new URL('../../appservice/commands/start.ts', import.meta.url));
const RENDER = fileURLToPath(new URL('../../homeserver-config/render.ts', import.meta.url));

const start = suite<{ folder: string }>('arguments of npm start');

start.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-arguments-'));
});
start.after(({ folder }) => rmSync(folder, { recursive: true }));

function run(file: string, ...args: string[]) {
  return spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', timeout: 60_000 });
}

for (const { args, says } of [
  { args: ['--prot', '1'], says: '--prot' },
  { args: ['extra'], says: 'extra' },
  { args: ['--port', '80a'], says: '--port must be a whole number from 1 to 65535, not "80a"' },
  { args: ['--port', '0'], says: '--port must be' },
  { args: ['--port', '70000'], says: '--port must be' },
  { args: ['--port'], says: '--port' },
  { args: ['--data', ''], says: '--data must name a folder' },
  { args: ['--production-config', 'x.yaml', '--port', '1'], says: '--production-config stands alone' },
]) {
  start(`${args.join(' ')} is refused with what is wrong and how it is meant`, () => {
    const { status, stderr, stdout } = run(START, ...args);
    assert.is(status, 2);
    assert.match(stderr, says);
    assert.match(stderr, 'Usage: npm start');
    assert.is(stdout, '', 'nothing was begun');
  });
}

start('a production config that is not there is refused by its name', ({ folder }) => {
  const { status, stderr } = run(START, '--production-config', join(folder, 'missing.yaml'));
  assert.is(status, 1);
  assert.match(stderr, 'missing.yaml cannot be read');
});

start('an embedded config is refused for production', ({ folder }) => {
  const file = join(folder, 'embedded.yaml');
  writeFileSync(file, stringify(embeddedExample));
  const { status, stderr } = run(START, '--production-config', file);
  assert.is(status, 1);
  assert.match(stderr, 'profile: must be production');
});

start('homeserver:render without its arguments says how it is meant', () => {
  const { status, stderr } = run(RENDER, '--config', 'x.yaml');
  assert.is(status, 2);
  assert.match(stderr, 'Usage: npm run homeserver:render -- --config FILE --out DIR');
});

start('homeserver:render names the bad key of a config', ({ folder }) => {
  const file = join(folder, 'bad.yaml');
  writeFileSync(file, stringify({ ...embeddedExample, publicOrigin: 'https://example.de/path' }));
  const { status, stderr } = run(RENDER, '--config', file, '--out', join(folder, 'out'));
  assert.is(status, 1);
  assert.match(stderr, 'publicOrigin');
});

start.run();
