import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { choosePorts, PortInUse } from '../../homeserver-config/embedded/ports.ts';

const ports = suite<{ folder: string; close: (() => void)[] }>('ports');

ports.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-ports-'));
  context.close = [];
});
ports.after.each(({ folder, close }) => {
  for (const each of close) each();
  rmSync(folder, { recursive: true });
});

async function occupy(close: (() => void)[], port = 0): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  close.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

ports('are found once and remembered', async ({ folder }) => {
  const first = await choosePorts(folder, undefined);
  assert.is(new Set(Object.values(first)).size, 4, 'all differ');
  assert.equal(await choosePorts(folder, undefined), first);
  assert.equal(JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')), first);
});

ports('that another program took in the meantime are replaced, the others stay', async ({ folder, close }) => {
  const first = await choosePorts(folder, undefined);
  await occupy(close, first.synapse);
  const second = await choosePorts(folder, undefined);
  assert.is.not(second.synapse, first.synapse);
  assert.equal({ ...second, synapse: 0 }, { ...first, synapse: 0 });
});

ports('asked for by --port are used', async ({ folder, close }) => {
  const port = await occupy(close);
  close.pop()?.();
  assert.is((await choosePorts(folder, port)).app, port);
});

ports('asked for by --port and not free are refused, with the way out', async ({ folder, close }) => {
  const port = await occupy(close);
  const error = await choosePorts(folder, port).catch((refusal: unknown) => refusal);
  assert.ok(error instanceof PortInUse);
  assert.match(error.message, `port ${port} is in use`);
  assert.match(error.message, '--port N');
});

ports('of a file that cannot be read are found anew', async ({ folder }) => {
  writeFileSync(join(folder, 'ports.json'), '{"app": "none"');
  assert.is(Object.keys(await choosePorts(folder, undefined)).length, 4);
});

ports.run();
