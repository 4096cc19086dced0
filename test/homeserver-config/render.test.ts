import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { ensureSecrets } from '../../homeserver-config/secrets.ts';
import { productionExample } from './example-config.ts';

const RENDER = fileURLToPath(new URL('../../homeserver-config/render.ts', import.meta.url));
const FILES = ['homeserver.yaml', 'log.yaml', 'registration.yaml', 'signing.key', 'nginx.conf'];

const render = suite<{ folder: string; config: string; out: string }>('npm run homeserver:render');

render.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-render-'));
  context.config = join(context.folder, 'smoope.yaml');
  context.out = join(context.folder, 'out');
  writeFileSync(context.config, stringify({ ...productionExample(), secretsFile: 'private/secrets.json' }));
});
render.after.each(({ folder }) => rmSync(folder, { recursive: true }));

function run(config: string, out: string) {
  return spawnSync(process.execPath, [RENDER, '--config', config, '--out', out], { encoding: 'utf8' });
}

render('writes each file, those with secrets for the owner alone, and prints names but no secret', ({ folder, config, out }) => {
  const { status, stdout, stderr } = run(config, out);
  assert.is(status, 0, stderr);
  assert.equal(
    stdout.trim().split('\n'),
    FILES.map((name) => join(out, name)),
  );
  for (const name of FILES.slice(0, 4)) assert.is(statSync(join(out, name)).mode & 0o777, 0o600, name);
  const secrets = ensureSecrets(join(folder, 'private/secrets.json'), 'production');
  for (const secret of Object.values(secrets).filter((value) => value !== undefined)) assert.not.match(`${stdout}${stderr}`, secret);
  assert.match(readFileSync(join(out, 'registration.yaml'), 'utf8'), secrets.appserviceToken);
});

render('a second time changes nothing', ({ config, out }) => {
  const read = (): string[] => FILES.map((name) => readFileSync(join(out, name), 'utf8'));
  assert.is(run(config, out).status, 0);
  const first = read();
  assert.is(run(config, out).status, 0);
  assert.equal(read(), first);
});

render('a bad value is refused by its path, and nothing is written', ({ config, out }) => {
  const homeserver = { ...productionExample().homeserver, serverName: 'https://example.de' };
  writeFileSync(config, stringify({ ...productionExample(), homeserver }));
  const { status, stderr } = run(config, out);
  assert.is(status, 1);
  assert.match(stderr, 'homeserver.serverName');
  assert.not(existsSync(out));
});

render.run();
