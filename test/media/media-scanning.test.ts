import { buffer } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import type { EventId } from '../../appservice/ids.ts';
import { createClamd } from '../../appservice/media/clamd.ts';
import { openEmptyDatabase, type TestDatabase } from '../companies/test-database.ts';
import { EICAR, startClamd, type FakeClamd } from '../stubs/clamd.ts';
import { CONVERSATION, openMediaFixture, SESSION } from './media-fixture.ts';
import { picture } from './sample-files.ts';

type Context = { cluster: TestDatabase; fake: FakeClamd; media: Awaited<ReturnType<typeof openMediaFixture>> };

const scanning = suite<Context>('scanning files');

// Holds PostgreSQL for all tests; each has a database of its own.
scanning.before(async (context) => {
  context.cluster = await openEmptyDatabase();
});
scanning.after(async ({ cluster }) => {
  await cluster.close();
});
scanning.before.each(async (context) => {
  context.fake = await startClamd({ streamMaxLength: 50_000 });
  const scanner = createClamd({ host: '127.0.0.1', port: context.fake.port }, { silenceMs: 500 });
  context.media = await openMediaFixture(scanner);
});
scanning.after.each(async ({ fake, media }) => {
  await fake.close();
  await media.close();
});

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'passed';
  } catch (error) {
    return error instanceof ApiError ? `${error.status} ${error.code}` : 'another error';
  }
}

const upload = ({ media }: Context, bytes: Buffer) =>
  media.uploads.upload(SESSION, { conversationId: undefined, name: 'x.txt', read: async () => bytes });

const open = ({ media }: Context, eventId: string, thumbnail = false) =>
  media.downloads.open(SESSION, { conversationId: CONVERSATION, eventId: eventId as EventId, thumbnail }, new AbortController().signal);

/** Puts a file at the homeserver as an agent's client does, past us. */
function putAgentsFile({ media }: Context, name: string, bytes: Buffer): void {
  media.files.set(`mxc://x/${name}`, bytes);
  media.putEvent(`$${name}`, { msgtype: 'm.file', body: name, url: `mxc://x/${name}` }, [`mxc://x/${name}`]);
}

/** Numbers of everything that an upload could leave. */
async function kept({ media }: Context): Promise<number[]> {
  const rows = await Promise.all(['media_upload', 'media_verdict'].map(async (table) => (await media.database(table)).length));
  return [...rows, media.files.size, media.openings()];
}

scanning("a visitor's infected file reaches neither the homeserver nor a row, and begins no conversation", async (context) => {
  assert.is(await outcomeOf(upload(context, Buffer.from(EICAR))), '422 COM_SMOOPE_MEDIA_INFECTED');
  assert.equal(await kept(context), [0, 0, 0, 0]);
});

scanning('while the scanner is away nothing is taken and nothing kept, and afterwards it works again', async (context) => {
  for (const fault of ['reset', 'silent', 'error'] as const) {
    context.fake.fault = fault;
    assert.is(await outcomeOf(upload(context, Buffer.from('Text'))), '503 COM_SMOOPE_SCANNER_UNAVAILABLE', fault);
  }
  assert.equal(await kept(context), [0, 0, 0, 0]);
  context.fake.fault = undefined;
  assert.is(await outcomeOf(upload(context, Buffer.from('Text'))), 'passed');
  assert.equal(await kept(context), [1, 1, 1, 1]);
});

scanning('what the scanner is not set to look at is too large', async (context) => {
  assert.is(await outcomeOf(upload(context, Buffer.alloc(60_000, 'x'))), '413 M_TOO_LARGE');
  assert.equal(await kept(context), [0, 0, 0, 0]);
});

scanning('a picture is scanned as it will be kept', async (context) => {
  const hidden = Buffer.concat([await picture('gif'), Buffer.from(EICAR)]);
  assert.is(await outcomeOf(upload(context, hidden)), 'passed');
  assert.not.ok(context.fake.scanned[0]?.includes(EICAR));
});

scanning("an agent's file is looked at before the first download, once, also when several ask together", async (context) => {
  putAgentsFile(context, 'clean', Buffer.from('sauber'));
  const files = await Promise.all([open(context, '$clean'), open(context, '$clean', true)]);
  for (const { octets } of files) assert.is((await buffer(octets)).toString(), 'sauber');
  await buffer((await open(context, '$clean')).octets);
  assert.is(context.fake.scanned.length, 1);
});

scanning("an agent's infected or unscannable file stays held back, and the verdict is kept", async (context) => {
  putAgentsFile(context, 'virus', Buffer.from(EICAR));
  putAgentsFile(context, 'large', Buffer.alloc(60_000));
  for (const eventId of ['$virus', '$large', '$virus', '$large']) {
    assert.is(await outcomeOf(open(context, eventId)), '423 COM_SMOOPE_MEDIA_QUARANTINED', eventId);
  }
  await context.fake.close();
  assert.is(await outcomeOf(open(context, '$virus')), '423 COM_SMOOPE_MEDIA_QUARANTINED', 'nobody is asked again');
  context.fake = await startClamd();
});

scanning('while the scanner is away a file that was never looked at is held back, a clean one is given', async (context) => {
  putAgentsFile(context, 'seen', Buffer.from('gesehen'));
  putAgentsFile(context, 'new', Buffer.from('neu'));
  await buffer((await open(context, '$seen')).octets);
  context.fake.fault = 'reset';
  assert.is(await outcomeOf(open(context, '$new')), '503 COM_SMOOPE_SCANNER_UNAVAILABLE');
  assert.is((await buffer((await open(context, '$seen')).octets)).toString(), 'gesehen');
  context.fake.fault = undefined;
  assert.is(await outcomeOf(open(context, '$new')), 'passed');
});

scanning('a file that is encrypted end to end is given as it is: nobody here can read it', async (context) => {
  const { media, fake } = context;
  media.files.set('mxc://x/sealed', Buffer.from('<html>verschlüsselt'));
  media.putEvent('$sealed', { msgtype: 'm.image', body: 'x', file: { url: 'mxc://x/sealed' } }, ['mxc://x/sealed']);
  const { type, isInline } = await open(context, '$sealed', true);
  assert.equal([type, isInline, fake.scanned.length], ['application/octet-stream', false, 0]);
});

scanning('an upload that the homeserver refuses leaves no row, and its place is deleted', async (context) => {
  context.media.refuseUploads = true;
  assert.is(await outcomeOf(upload(context, Buffer.from('Text'))), 'another error');
  assert.equal((await kept(context)).slice(0, 3), [0, 0, 0]);
  const entries = await context.media.database<{ action: string; payload: unknown }>('outbox').select('action', 'payload');
  assert.equal(entries, [{ action: 'deleteMedia', payload: { mxc: 'mxc://x/file1' } }]);
});

scanning('without a scanner files pass', async (context) => {
  const media = await openMediaFixture(null);
  try {
    assert.is(await outcomeOf(upload({ ...context, media }, Buffer.from(EICAR))), 'passed');
    assert.is(context.fake.scanned.length, 0);
  } finally {
    await media.close();
  }
});

scanning.run();
