import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Config } from '../../appservice/config.ts';
import { ensurePythonEnvironment } from '../../homeserver-config/embedded/python-environment.ts';
import { synapseEnvironment } from '../../homeserver-config/embedded/synapse.ts';
import { writeSynapseFiles } from '../../homeserver-config/synapse/files.ts';
import { embeddedExample, exampleSecrets, productionExample } from './example-config.ts';

const execute = promisify(execFile);

const check = suite<{ folder: string; python: string }>('Synapse checks its config');

check.before(async (context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-synapse-'));
  context.python = await ensurePythonEnvironment(() => undefined);
});
check.after(({ folder }) => rmSync(folder, { recursive: true }));

type Verdict = { accepted: boolean; says: string };

async function judge(python: string, file: string): Promise<Verdict> {
  try {
    const args = ['-m', 'synapse.config', 'read', 'server.server_name', '-c', file];
    const { stdout } = await execute(python, args, { env: synapseEnvironment(process.env) });
    return { accepted: true, says: stdout };
  } catch (error) {
    const says = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    return { accepted: false, says };
  }
}

function write(folder: string, name: string, config: Config): string {
  return writeSynapseFiles(config, exampleSecrets, { directory: join(folder, name) }).homeserver;
}

for (const { name, config } of [
  { name: 'embedded', config: embeddedExample },
  { name: 'production', config: productionExample() },
]) {
  check(`${name}: every setting is one that Synapse accepts`, async ({ folder, python }) => {
    const file = write(folder, name, config);
    const verdict = await judge(python, file);
    assert.ok(verdict.accepted, verdict.says);
    assert.match(verdict.says, `server.server_name: ${config.homeserver.serverName}`);
    assert.is(statSync(file).mode & 0o777, 0o600, 'it holds secrets');
  });
}

check('a value that Synapse does not take is refused by it, so the tests above mean something', async ({ folder, python }) => {
  const file = write(folder, 'bad value', productionExample());
  writeFileSync(file, readFileSync(file, 'utf8').replace('default_room_version: "12"', 'default_room_version: "none"'));
  const verdict = await judge(python, file);
  assert.not(verdict.accepted);
  assert.match(verdict.says, /default_room_version/);
});

check('a setting of the module that no rule knows is refused by it', async ({ folder, python }) => {
  const file = write(folder, 'bad module', productionExample());
  writeFileSync(file, readFileSync(file, 'utf8').replace('company_users:', 'companies:'));
  const verdict = await judge(python, file);
  assert.not(verdict.accepted);
  assert.match(verdict.says, /config for module 'smoope_synapse\.SmoopeModule'/);
});

check('the signing key is made once and is one that Synapse reads', async ({ folder, python }) => {
  const directory = join(folder, 'key');
  const options = { directory };
  const { signingKey, homeserver } = writeSynapseFiles(productionExample(), exampleSecrets, options);
  const first = readFileSync(signingKey, 'utf8');
  writeSynapseFiles(productionExample(), exampleSecrets, options);
  assert.is(readFileSync(signingKey, 'utf8'), first);
  assert.is(statSync(signingKey).mode & 0o777, 0o600);
  assert.ok((await judge(python, homeserver)).accepted);
});

check.run();
