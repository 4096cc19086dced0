import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assetsOf, createShell, isShellAddress } from '../../web-client/service-worker/shell.ts';

const ORIGIN = 'https://chat.example';
const addressOf = (input: RequestInfo | URL): string => new URL(input instanceof Request ? input.url : input, ORIGIN).pathname;

/** Caches of a browser and a server behind it, which can go away. */
function aBrowser() {
  const stored = new Map<string, Map<string, Response>>();
  const server = new Map<string, string>();
  const asked: string[] = [];
  const state = { isOnline: true };
  const ask = async (input: RequestInfo | URL): Promise<Response> => {
    const path = addressOf(input);
    asked.push(path);
    const body = server.get(path.startsWith('/conversations') ? '/conversations' : path);
    if (!state.isOnline) throw new TypeError('offline');
    return new Response(body ?? null, { status: body === undefined ? 404 : 200 });
  };
  const cacheOf = (entries: Map<string, Response>) => ({
    match: async (input: RequestInfo) => entries.get(addressOf(input))?.clone(),
    put: async (input: RequestInfo, response: Response) => void entries.set(addressOf(input), response),
    addAll: async (all: string[]) => {
      for (const each of all) {
        const response = await ask(each);
        if (!response.ok) throw new TypeError('missing');
        entries.set(each, response);
      }
    },
  });
  const caches = {
    open: async (name: string) => {
      const entries = stored.get(name) ?? new Map<string, Response>();
      stored.set(name, entries);
      return cacheOf(entries);
    },
    match: async (input: RequestInfo, { cacheName }: { cacheName: string }) =>
      cacheOf(stored.get(cacheName) ?? new Map<string, Response>()).match(input),
    keys: async () => [...stored.keys()],
    has: async (name: string) => stored.has(name),
    delete: async (name: string) => stored.delete(name),
  };
  const work: Promise<unknown>[] = [];
  return {
    stored,
    server,
    asked,
    state,
    later: (promise: Promise<unknown>) => void work.push(promise),
    settle: () => Promise.all(work),
    shell: (files: readonly string[]) => createShell({ files, caches: caches as unknown as CacheStorage, ask }),
  };
}

const page = (script: string): string => `<link rel="stylesheet" href="/assets/page-1.css" /><script src="${script}"></script>`;

function deployed(script: string) {
  const browser = aBrowser();
  for (const file of [script, '/assets/page-1.css', '/assets/view-1.js']) browser.server.set(file, file);
  browser.server.set('/conversations', page(script));
  return browser;
}

const open = (path: string): Request => new Request(new URL(path, ORIGIN));

test('the scripts and styles of a page are found in it', () => {
  assert.equal(assetsOf(page('/assets/main-1.js')), ['/assets/page-1.css', '/assets/main-1.js']);
  assert.equal(assetsOf('<a href="/privacy">x</a><script src="https://evil.example/assets/a.js"></script>'), []);
});

test('the shell draws conversations and no other page', () => {
  assert.ok(['/conversations', '/conversations/!a', '/conversations/new/b'].every(isShellAddress));
  assert.not(['/', '/conversationsx', '/account', '/api/v1/conversations'].some(isShellAddress));
});

test('without a connection the app opens by any of its addresses, files come from the cache', async () => {
  const { shell, state, later, asked } = deployed('/assets/main-1.js');
  const kept = shell(['/assets/view-1.js']);
  await kept.fill();
  state.isOnline = false;
  asked.splice(0);
  assert.is(await (await kept.openPage(open('/conversations/!room'), later)).text(), page('/assets/main-1.js'));
  for (const file of ['/assets/main-1.js', '/assets/view-1.js']) assert.is(await (await kept.openFile(open(file), later)).text(), file);
  assert.equal(asked, ['/conversations/!room']);
});

test('with a connection the page is that of the server, also after a deployment', async () => {
  const { shell, server, state, later, settle } = deployed('/assets/main-1.js');
  const kept = shell(['/assets/view-1.js']);
  await kept.fill();
  server.set('/assets/main-2.js', 'two').set('/conversations', page('/assets/main-2.js'));
  assert.is(await (await kept.openPage(open('/conversations'), later)).text(), page('/assets/main-2.js'));
  await settle();
  state.isOnline = false;
  assert.is(await (await kept.openPage(open('/conversations'), later)).text(), page('/assets/main-2.js'));
  assert.is(await (await kept.openFile(open('/assets/main-2.js'), later)).text(), 'two');
});

test('what was removed at a sign-out does not come back with a late answer', async () => {
  const { shell, later, settle, stored } = deployed('/assets/main-1.js');
  const kept = shell(['/assets/view-1.js']);
  await kept.fill();
  assert.is(stored.size, 1);
  stored.clear();
  await kept.openPage(open('/conversations'), later);
  await kept.openFile(open('/assets/main-1.js'), later);
  await settle();
  assert.is(stored.size, 0);
});

test('a page is not kept without its files', async () => {
  const { shell, server, state, later, settle } = deployed('/assets/main-1.js');
  const kept = shell(['/assets/view-1.js']);
  await kept.fill();
  server.set('/conversations', page('/assets/missing-1.js'));
  await kept.openPage(open('/conversations'), later);
  await settle();
  state.isOnline = false;
  assert.is(await (await kept.openPage(open('/conversations'), later)).text(), page('/assets/main-1.js'));
});

test('a shell of which a part is missing is not begun', async () => {
  const { shell } = deployed('/assets/main-1.js');
  let failed = false;
  await shell(['/assets/missing-1.js'])
    .fill()
    .catch(() => (failed = true));
  assert.ok(failed);
});

test('a new build has a cache of its own, and the old one goes', async () => {
  const { shell, stored, server } = deployed('/assets/main-1.js');
  await shell(['/assets/view-1.js']).fill();
  server.set('/assets/view-2.js', 'two');
  stored.set('somebody-elses', new Map());
  const next = shell(['/assets/view-2.js']);
  await next.fill();
  assert.is(stored.size, 3);
  await next.removeOthers();
  assert.is(stored.size, 2);
  assert.ok(stored.has('somebody-elses'));
});

test('what the server says is passed on, whatever it is, and an error is not kept', async () => {
  const { shell, server, stored, later, settle } = deployed('/assets/main-1.js');
  const kept = shell(['/assets/view-1.js']);
  await kept.fill();
  server.delete('/conversations');
  assert.is((await kept.openPage(open('/conversations'), later)).status, 404);
  assert.is((await kept.openFile(open('/assets/none-1.js'), later)).status, 404);
  await settle();
  assert.not([...(stored.values().next().value?.keys() ?? [])].includes('/assets/none-1.js'));
});

test.run();
