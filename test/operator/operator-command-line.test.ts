import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runOperatorCommand } from '../../appservice/commands/operator-command-line.ts';
import { startOperatorApi, SERVER, type OperatorApiTest } from '../companies/operator-api-fixture.ts';

const PROGRAM = fileURLToPath(new URL('../../appservice/commands/operator.ts', import.meta.url));

const commandLine = suite<{ api: OperatorApiTest; folder: string }>('operator command line');

commandLine.before(async (context) => {
  context.api = await startOperatorApi();
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-operator-'));
  const { origin: appUrl, token: operatorToken, url: databaseUrl } = context.api;
  writeFileSync(join(context.folder, 'stack.json'), JSON.stringify({ appUrl, operatorToken, databaseUrl }));
});

commandLine.after(async ({ api, folder }) => {
  await api.close();
  rmSync(folder, { recursive: true });
});

const run = (folder: string, ...args: string[]) => runOperatorCommand([...args, '--data', folder], {});

commandLine('a company is made, listed, changed and shown', async ({ folder }) => {
  const made = await run(
    folder,
    'company',
    'create',
    'acme',
    'Acme & Söhne',
    '--set',
    'locale=en',
    '--set',
    'origins=["https://acme.example"]',
  );
  assert.is(made.code, 0, made.err);
  assert.match(made.out, 'draft (missing: imprint, privacyContact, processingAgreement)');
  assert.match((await run(folder, 'company', 'list')).out, /^acme +draft +Acme & Söhne$/m);
  assert.match((await run(folder, 'company', 'rename', 'acme', 'Acme')).out, /^name +Acme$/m);
  assert.match((await run(folder, 'company', 'set', 'acme', '--set', 'retentionDays=30')).out, /^ +retentionDays +30$/m);
  const shown = await run(folder, 'company', 'show', 'acme', '--json');
  assert.is((JSON.parse(shown.out) as { settings: { locale: string } }).settings.locale, 'en');
});

commandLine('members and service accounts are added and taken away', async ({ folder }) => {
  await run(folder, 'company', 'create', 'members', 'Members');
  const anna = `@anna:${SERVER}`;
  assert.is((await run(folder, 'member', 'add', 'members', anna, '--role', 'admin', '--name', 'Anna')).code, 0);
  assert.match((await run(folder, 'member', 'list', 'members')).out, new RegExp(`^${anna} +admin +Anna`, 'm'));
  assert.is((await run(folder, 'member', 'remove', 'members', anna)).code, 0);
  assert.match((await run(folder, 'service-account', 'issue', 'members', 'crm')).out, /access token +token of/);
  assert.match((await run(folder, 'service-account', 'list', 'members')).out, /^crm/m);
  assert.is((await run(folder, 'service-account', 'revoke', 'members', 'crm')).code, 0);
  assert.match((await run(folder, 'audit', 'list', '--company', 'members')).out, 'service-account.revoke');
});

commandLine('a refusal is said with its field, and the program ends with 1', async ({ folder }) => {
  const refused = await run(folder, 'company', 'set', 'acme', '--set', 'color=red');
  assert.is(refused.code, 1);
  assert.match(refused.err, 'body.color: must be a colour like #0b5c6b');
  assert.is((await run(folder, 'company', 'show', 'nobody-here')).code, 1);
});

commandLine('a command that does not exist ends with 2 and says where help is', async ({ folder }) => {
  const wrong = await run(folder, 'company', 'crate');
  assert.is(wrong.code, 2);
  assert.match(wrong.err, '--help');
});

commandLine('without a service it says what to give', async () => {
  const nowhere = await run('/nonexistent', 'company', 'list');
  assert.is(nowhere.code, 2);
  assert.match(nowhere.err, 'give --url');
  const away = await run('/nonexistent', 'company', 'list', '--url', 'http://127.0.0.1:1');
  assert.match(away.err, 'SMOOPE_OPERATOR_TOKEN');
});

commandLine('tokens are issued, listed and revoked on the database itself, and audited', async ({ api, folder }) => {
  const issued = JSON.parse((await run(folder, 'token', 'issue', 'night shift', '--json')).out) as { id: string; token: string };
  const ask = async (): Promise<number> =>
    (await fetch(`${api.origin}/api/v1/operator/companies`, { headers: { authorization: `Bearer ${issued.token}` } })).status;
  assert.is(await ask(), 200);
  assert.match((await run(folder, 'token', 'list')).out, /night shift/);
  assert.is((await run(folder, 'token', 'revoke', issued.id)).code, 0);
  assert.is(await ask(), 401);
  assert.is((await run(folder, 'token', 'revoke', issued.id)).code, 2);
  const actions = await api.audit();
  assert.ok(actions.includes('token.issue') && actions.includes('token.revoke'));
});

commandLine('help is given without a service, also by the program itself', () => {
  const help = spawnSync(process.execPath, [PROGRAM, '--help'], { encoding: 'utf8' });
  assert.is(help.status, 0, help.stderr);
  assert.match(help.stdout, 'company create SLUG NAME');
  const wrong = spawnSync(process.execPath, [PROGRAM, 'company', 'crate'], { encoding: 'utf8' });
  assert.is(wrong.status, 2);
  assert.match(wrong.stderr, 'no command');
});

commandLine.run();
