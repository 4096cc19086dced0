/** Begins the names of our caches. */
export const SHELL_CACHE = 'smoope-shell-';
const PAGE = '/conversations';
const ASSET = /(?:src|href)="(\/assets\/[\w./-]+)"/g;
/** How long a page is waited for where an earlier one is at hand, in milliseconds. */
const PATIENCE_MS = 4_000;

/** Whether the page of the shell draws this address. */
export const isShellAddress = (path: string): boolean => path === PAGE || path.startsWith(`${PAGE}/`);

/** Scripts and style sheets that a page names. */
export const assetsOf = (page: string): string[] => [...page.matchAll(ASSET)].map(([, address]) => address ?? '');

/** A number that changes with the list; not secret, only different. */
function markOf(addresses: readonly string[]): string {
  let mark = 5381;
  for (const letter of addresses.join('\n')) mark = (mark * 33 + (letter.codePointAt(0) ?? 0)) % 4_294_967_291;
  return mark.toString(36);
}

/** The cache of the shell, and how to reach the network. */
export type ShellParts = {
  /** Addresses of scripts that are loaded with the views, under names with a hash. */
  readonly files: readonly string[];
  readonly caches: CacheStorage;
  readonly ask: typeof fetch;
};

/**
 * The shell of the app: one page and its hashed files. Names of files change with their content, so files come from the cache; the page
 * comes from the network, and from the cache only where there is none, so that nobody stays with an old one after a deployment.
 */
export function createShell({ files, caches, ask }: ShellParts) {
  const name = SHELL_CACHE + markOf(files);

  async function keepFiles(cache: Cache, addresses: readonly string[]): Promise<void> {
    const present = await Promise.all(addresses.map((address) => cache.match(address)));
    await cache.addAll(addresses.filter((_address, index) => present[index] === undefined));
  }

  /** Keeps a page together with what it needs, or not at all. */
  async function keepPage(cache: Cache, page: Response, more: readonly string[] = []): Promise<void> {
    const { headers } = page;
    const text = await page.text();
    await keepFiles(cache, [...new Set([...assetsOf(text), ...more])]);
    await cache.put(PAGE, new Response(text, { headers }));
  }

  /** Keeps more only where something is kept: a worker lives on for a moment after the sign-out that has removed its cache. */
  async function keepMore(keep: (cache: Cache) => Promise<void>): Promise<void> {
    if (await caches.has(name)) await keep(await caches.open(name)).catch(() => undefined);
  }

  return {
    /** Fetches all of it; throws where a part is missing, and the browser then tries again later. */
    async fill(): Promise<void> {
      const page = await ask(PAGE, { cache: 'no-store' });
      if (!page.ok) throw new Error('there is no page now');
      await keepPage(await caches.open(name), page, files);
    },
    /** Removes the shells of earlier deployments. */
    async removeOthers(): Promise<void> {
      const names = await caches.keys();
      await Promise.all(names.filter((each) => each.startsWith(SHELL_CACHE) && each !== name).map((each) => caches.delete(each)));
    },
    /** The page of an address; `later` gets what is done after the answer. */
    async openPage(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
      const kept = await caches.match(PAGE, { cacheName: name });
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const timer = kept && setTimeout(() => resolve(undefined), PATIENCE_MS);
      try {
        const page = await Promise.race([ask(request), late]);
        const copy = page?.ok ? page.clone() : undefined;
        if (copy !== undefined) later(keepMore((cache) => keepPage(cache, copy)));
        return page ?? kept ?? Response.error();
      } catch (error) {
        if (kept === undefined) throw error;
        return kept;
      } finally {
        clearTimeout(timer);
      }
    },
    /** A hashed file; one that was not kept yet is from now on. */
    async openFile(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
      const kept = await caches.match(request, { cacheName: name, ignoreVary: true });
      if (kept !== undefined) return kept;
      const file = await ask(request);
      const copy = file.clone();
      if (file.ok) later(keepMore((cache) => cache.put(request, copy)));
      return file;
    },
  };
}
