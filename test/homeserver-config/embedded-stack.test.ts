import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { ensureAdminAccount } from '../../homeserver-config/admin-account.ts';
import { FolderInUse } from '../../homeserver-config/embedded/folder-lock.ts';
import { processIdentity } from '../../homeserver-config/embedded/process-identity.ts';
import type { EmbeddedStack } from '../../homeserver-config/embedded/stack.ts';
import { makeDataDir, makeRoom, peopleOf, removeDataDir, startTestStack } from './embedded-fixture.ts';

const STACK = fileURLToPath(new URL('../../homeserver-config/embedded/stack.ts', import.meta.url));

const embedded = suite<{ dataDir: string; stack: EmbeddedStack; roomId: string }>('embedded PostgreSQL and Synapse');

embedded.before(async (context) => {
  context.dataDir = makeDataDir();
  context.stack = await startTestStack(context.dataDir);
});
embedded.after(async ({ dataDir, stack }) => {
  await stack.stop();
  await removeDataDir(dataDir);
});

async function joinedRooms(stack: EmbeddedStack): Promise<unknown> {
  const owner = await peopleOf(stack).ghost('company_0a_acme');
  return (await owner.call('GET', '/_matrix/client/v3/joined_rooms')).body;
}

async function signIn(stack: EmbeddedStack, user: string, password: string): Promise<number> {
  const response = await fetch(`${stack.config.homeserver.url}/_matrix/client/v3/login`, {
    method: 'POST',
    body: JSON.stringify({ type: 'm.login.password', identifier: { type: 'm.id.user', user }, password }),
  });
  return response.status;
}

embedded('it answers, listens on this machine only, and what it wrote is for the owner alone', async ({ stack, dataDir }) => {
  const versions = await fetch(`${stack.config.homeserver.url}/_matrix/client/versions`);
  assert.is(versions.status, 200);
  for (const file of ['config.yaml', 'secrets.json', 'postgres-password', 'synapse/homeserver.yaml', 'logs/synapse.log']) {
    assert.is(statSync(join(dataDir, file)).mode & 0o777, 0o600, file);
  }
  const wellKnown = await fetch(`${stack.config.homeserver.url}/.well-known/matrix/client`);
  assert.equal(await wellKnown.json(), {
    'm.homeserver': { base_url: `${stack.config.homeserver.publicUrl}/` },
    'io.element.e2ee': { default: false },
  });
});

embedded('the databases have what Synapse demands, and the owner of one cannot read the other', async ({ stack }) => {
  const client = new Client({ connectionString: stack.postgres.synapseUrl });
  await client.connect();
  const { rows } = await client.query(
    "SELECT datcollate, pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = 'synapse'",
  );
  const { rows: powers } = await client.query('SELECT usesuper FROM pg_user WHERE usename = current_user');
  await client.end();
  assert.equal(rows, [{ datcollate: 'C', encoding: 'UTF8' }]);
  assert.equal(powers, [{ usesuper: false }]);
});

embedded('a restart of Synapse, of PostgreSQL under a running Synapse, and a kill keep the data', async (context) => {
  const { stack } = context;
  const { person, ghost } = peopleOf(stack);
  context.roomId = await makeRoom(await ghost('company_0a_acme'), await person('agent'));
  const expected = { joined_rooms: [context.roomId] };
  await stack.restartSynapse();
  assert.equal(await joinedRooms(stack), expected);
  await stack.restartPostgres();
  assert.equal(await joinedRooms(stack), expected);
  await stack.killSynapse();
  await stack.postgres.kill();
  await stack.postgres.start();
  await stack.synapse.start();
  assert.equal(await joinedRooms(stack), expected);
});

embedded('the same folder is not started twice', async ({ dataDir, stack }) => {
  const refusal = await startTestStack(dataDir).catch((error: unknown) => error);
  assert.instance(refusal, FolderInUse);
  assert.equal(await joinedRooms(stack).then((body) => typeof body), 'object', 'the first goes on');
});

embedded('a second start has the same secrets, ports and data', async (context) => {
  const before = context.stack;
  await before.stop();
  context.stack = await startTestStack(context.dataDir);
  assert.equal(context.stack.secrets, before.secrets);
  assert.equal({ ...context.stack.ports, app: 0 }, { ...before.ports, app: 0 });
  assert.equal(await joinedRooms(context.stack), { joined_rooms: [context.roomId] });
});

embedded('nobody signs in with a password', async ({ stack }) => {
  assert.is(await signIn(stack, 'anybody', 'password'), 400, 'Synapse knows no such sign-in');
  const flows = await fetch(`${stack.config.homeserver.url}/_matrix/client/v3/login`);
  assert.not.match(await flows.text(), 'm.login.password');
});

const usersSchema = z.object({ users: z.array(z.object({ name: z.string(), deactivated: z.boolean() })) });

embedded('a withdrawn token of the server-admin account is replaced, and the account it belonged to is closed', async ({ stack }) => {
  const { config, secrets, secretsFile } = stack;
  assert.equal(await ensureAdminAccount(config, secretsFile, secrets), secrets, 'a token that works stays');
  await peopleOf(stack).admin.call('POST', '/_matrix/client/v3/logout');
  const renewed = await ensureAdminAccount(config, secretsFile, secrets);
  assert.is.not(renewed.adminToken, secrets.adminToken);
  assert.match(readFileSync(secretsFile, 'utf8'), renewed.adminToken ?? 'no token');
  const { admin } = peopleOf({ ...stack, secrets: renewed });
  const { body } = await admin.call('GET', '/_synapse/admin/v2/users?deactivated=true&user_id=smoope-admin');
  const states = usersSchema.parse(body).users.map(({ deactivated }) => deactivated);
  assert.is(states.length, 2);
  assert.is(states.filter(Boolean).length, 1);
});

embedded('what a killed start left running is ended by the next one', async (context) => {
  await context.stack.stop();
  const script = `
    const { startEmbeddedStack } = await import(${JSON.stringify(STACK)});
    const { synapse, postgres } = await startEmbeddedStack({ dataDir: ${JSON.stringify(context.dataDir)} });
    console.log(JSON.stringify([synapse.pid(), postgres.pid()]));
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(starter.stdout, 'data'));
  const gone = once(starter, 'exit');
  starter.kill('SIGKILL');
  await gone;
  const pids = z.tuple([z.number(), z.number()]).parse(JSON.parse(line.toString()));
  const identities = pids.map((pid) => processIdentity(pid));
  assert.not(identities.includes(undefined), 'both live on');
  context.stack = await startTestStack(context.dataDir);
  for (const [index, pid] of pids.entries()) assert.is.not(processIdentity(pid), identities[index]);
  assert.equal(await joinedRooms(context.stack), { joined_rooms: [context.roomId] });
});

embedded('a start that is interrupted leaves nothing running and the folder free', async (context) => {
  await context.stack.stop();
  const controller = new AbortController();
  const start = startTestStack(context.dataDir, {
    signal: controller.signal,
    whenDatabaseAnswers: async () => controller.abort(),
  }).catch((error: unknown) => error);
  assert.instance(await start, Error);
  for (const file of ['lock', 'run/synapse.pid', 'run/postgres.pid', 'postgres/postmaster.pid']) {
    assert.not(existsSync(join(context.dataDir, file)), file);
  }
  // A postmaster.pid whose number belongs to another program by now would keep PostgreSQL from starting.
  writeFileSync(join(context.dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${context.dataDir}/postgres\n`);
  context.stack = await startTestStack(context.dataDir);
});

embedded.run();
