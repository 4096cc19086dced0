import type { HttpContext } from '../http/context.ts';
import { newToken } from '../opaque-token.ts';

/** Names the browser that left for a network, so that nobody else can come back in its place. */
export type NetworkCookie = {
  readonly read: (context: HttpContext) => string | undefined;
  /** The browser's token, a new one where it has none; several tabs share it. */
  readonly ensure: (context: HttpContext) => string;
};

const FORM = /^n_[\w-]{43}$/;

/** See `NetworkCookie`; its name binds it to this host as that of the session does. `minutes` is its life. */
export function createNetworkCookie({ publicOrigin, minutes }: { publicOrigin: string; minutes: number }): NetworkCookie {
  const secure = publicOrigin.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}smoope-network`;
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, signed: false, overwrite: true } as const;
  function read(context: HttpContext): string | undefined {
    const token = context.cookies.get(name, { signed: false });
    return token !== undefined && FORM.test(token) ? token : undefined;
  }
  return {
    read,
    ensure(context) {
      const token = read(context) ?? newToken('n');
      // The proxy in front has ended TLS; what people use is said by the config.
      context.cookies.secure = secure;
      context.cookies.set(name, token, { ...options, maxAge: minutes * 60_000 });
      return token;
    },
  };
}
