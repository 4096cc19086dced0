import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createClamd } from '../../appservice/media/clamd.ts';
import { ScannerUnavailable, type VirusScanner } from '../../appservice/media/virus-scanner.ts';
import { EICAR, startClamd, type FakeClamd } from '../stubs/clamd.ts';

const clamd = suite<{ fake: FakeClamd; scanner: VirusScanner }>('clamd');

clamd.before.each(async (context) => {
  context.fake = await startClamd();
  context.scanner = createClamd({ host: '127.0.0.1', port: context.fake.port }, { silenceMs: 300 });
});
clamd.after.each(async ({ fake }) => {
  await fake.close();
});

async function* inParts(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function isUnavailable(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    return error instanceof ScannerUnavailable;
  }
}

clamd('gets every octet, in order, however the file arrives', async ({ fake, scanner }) => {
  const parts = [Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(200_000, 7), Buffer.from('z')];
  assert.is(await scanner.scan(inParts(...parts)), 'clean');
  assert.ok(fake.scanned[0]?.equals(Buffer.concat(parts)));
  assert.is(await scanner.scan([Buffer.alloc(0)]), 'clean');
});

clamd('finds a virus, also across two parts', async ({ scanner }) => {
  assert.is(await scanner.scan([Buffer.from(`xx${EICAR}`)]), 'infected');
  assert.is(await scanner.scan(inParts(Buffer.from(EICAR.slice(0, 30)), Buffer.from(EICAR.slice(30)))), 'infected');
});

clamd('says of a file above its limit that it was not looked at, though it hangs up in the middle', async ({ scanner }) => {
  assert.is(await scanner.scan([Buffer.alloc(8_000_000)]), 'too-large');
});

clamd('that is away, hangs up, is silent or answers with an error has looked at nothing', async ({ fake, scanner }) => {
  for (const fault of ['reset', 'silent', 'error'] as const) {
    fake.fault = fault;
    assert.ok(await isUnavailable(scanner.scan([Buffer.alloc(300_000)])), fault);
  }
  assert.ok(await isUnavailable(createClamd({ host: '127.0.0.1', port: 1 }).scan([Buffer.from('x')])));
  assert.ok(await isUnavailable(createClamd({ path: '/nonexistent/clamd.ctl' }).scan([Buffer.from('x')])));
  fake.fault = undefined;
  assert.is(await scanner.scan([Buffer.from('x')]), 'clean');
});

clamd('looked at nothing where the file breaks off while it is read', async ({ scanner }) => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
    throw new Error('broke off');
  }
  assert.ok(await isUnavailable(scanner.scan(broken())));
});

clamd.run();
