/** A browser as far as cookies go: it keeps them by name and path, sends them where they belong, and follows no redirect by itself. */
export type TestBrowser = {
  readonly cookies: ReadonlyMap<string, Cookie>;
  request(address: string, init?: RequestInit): Promise<Response>;
  /** Plants a cookie, as somebody on a neighbouring host could. */
  plant(name: string, value: string): void;
};

/** A cookie with the attributes it was set with. */
export type Cookie = { readonly name: string; readonly value: string; readonly path: string; readonly attributes: string };

const belongs = (path: string, cookie: Cookie): boolean =>
  cookie.path === '/' || path === cookie.path || path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`);

function decodeCookie(line: string): Cookie & { readonly isGone: boolean } {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
  const expires = /;\s*expires=([^;]+)/i.exec(line)?.[1];
  return { name, value, path, attributes: line, isGone: expires !== undefined && Date.parse(expires) <= Date.now() };
}

/** Opens a browser on a server; all addresses are asked there, whatever origin they name. `headers` go with each request. */
export function openBrowser(server: string, headers: Record<string, string> = {}): TestBrowser {
  const jar = new Map<string, Cookie>();
  return {
    cookies: jar,
    plant: (name, value) => void jar.set(`${name} /`, { name, value, path: '/', attributes: '' }),
    async request(address, init = {}) {
      const { pathname, search } = new URL(address, server);
      const sent = [...jar.values()].filter((cookie) => belongs(pathname, cookie)).map(({ name, value }) => `${name}=${value}`);
      const response = await fetch(`${server}${pathname}${search}`, {
        redirect: 'manual',
        ...init,
        headers: { ...headers, ...(sent.length > 0 ? { cookie: sent.join('; ') } : {}), ...(init.headers as Record<string, string>) },
      });
      for (const line of response.headers.getSetCookie()) {
        const { isGone, ...cookie } = decodeCookie(line);
        if (isGone) jar.delete(`${cookie.name} ${cookie.path}`);
        else jar.set(`${cookie.name} ${cookie.path}`, cookie);
      }
      return response;
    },
  };
}
