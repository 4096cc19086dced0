import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigError } from '../../appservice/config.ts';
import { ensureSecrets, saveAdminToken } from '../../homeserver-config/secrets.ts';

const secrets = suite<{ folder: string; file: string }>('secrets');

secrets.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-secrets-'));
  context.file = join(context.folder, 'secrets.json');
});
secrets.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const modeOf = (file: string): number => statSync(file).mode & 0o777;

secrets('are made once, for the owner alone, and are the same ever after', ({ folder, file }) => {
  const first = ensureSecrets(file, 'production');
  assert.is(modeOf(file), 0o600);
  assert.equal(ensureSecrets(file, 'production'), first);
  assert.is(new Set(Object.values(first)).size, Object.values(first).length, 'no two secrets are equal');
  assert.equal(readdirSync(folder), ['secrets.json'], 'nothing is left beside the file');
});

secrets('of two installations have nothing in common', ({ file, folder }) => {
  const one = Object.values(ensureSecrets(file, 'embedded'));
  const other = Object.values(ensureSecrets(join(folder, 'other.json'), 'embedded'));
  assert.not(one.some((value) => other.includes(value)));
});

secrets('that others can read are refused in production, with the command that helps', ({ file }) => {
  ensureSecrets(file, 'production');
  chmodSync(file, 0o640);
  assert.throws(
    () => ensureSecrets(file, 'production'),
    (error: unknown) => error instanceof ConfigError && error.message.includes('mode 640') && error.message.includes(`chmod 600 ${file}`),
  );
  assert.is(modeOf(file), 0o640, 'and are left as they are');
});

secrets('that others can read are closed to them in the embedded profile', ({ file }) => {
  const first = ensureSecrets(file, 'embedded');
  chmodSync(file, 0o644);
  assert.equal(ensureSecrets(file, 'embedded'), first);
  assert.is(modeOf(file), 0o600);
});

secrets('that a later version needs are added, the others stay', ({ file }) => {
  const { formSecret, ...earlier } = ensureSecrets(file, 'production');
  writeFileSync(file, JSON.stringify(earlier));
  const completed = ensureSecrets(file, 'production');
  assert.is.not(completed.formSecret, formSecret);
  assert.equal({ ...completed, formSecret: '' }, { ...earlier, formSecret: '' });
  assert.equal(ensureSecrets(file, 'production'), completed);
});

secrets('of a malformed file are refused by name, without their value', ({ file }) => {
  const good = ensureSecrets(file, 'production');
  writeFileSync(file, JSON.stringify({ ...good, hashKey: 'too-short' }));
  assert.throws(
    () => ensureSecrets(file, 'production'),
    (error: unknown) => error instanceof ConfigError && error.message.includes('hashKey') && !error.message.includes('too-short'),
  );
  writeFileSync(file, '["no object"]');
  assert.throws(() => ensureSecrets(file, 'production'), /is not a JSON object/);
});

secrets('keep the token of the server-admin account', ({ file }) => {
  const before = ensureSecrets(file, 'production');
  const adminToken = 'syt_token_of_the_admin';
  assert.equal(saveAdminToken(file, adminToken), { ...before, adminToken });
  assert.equal(ensureSecrets(file, 'production'), { ...before, adminToken });
  assert.is(modeOf(file), 0o600);
  assert.match(readFileSync(file, 'utf8'), `"adminToken": "${adminToken}"`);
});

secrets.run();
