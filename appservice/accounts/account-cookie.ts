import type { HttpContext } from '../http/context.ts';

/** A cookie that holds a token. */
export type AccountCookie = {
  readonly read: (context: HttpContext) => string | undefined;
  readonly write: (context: HttpContext, token: string) => void;
  readonly clear: (context: HttpContext) => void;
};

/**
 * See `AccountCookie`. Under https its name binds it to this very host (`__Host-`, RFC 6265bis §4.1.3.2), so that no neighbour can plant
 * one; on plain http, a trial on localhost, browsers refuse such a name. `days` is its life after the last use.
 */
export function createAccountCookie({
  publicOrigin,
  days,
  called = 'smoope-account',
}: {
  publicOrigin: string;
  days: number;
  called?: string;
}): AccountCookie {
  const secure = publicOrigin.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}${called}`;
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, signed: false, overwrite: true } as const;

  function put(context: HttpContext, value: string | null, maxAge: number): void {
    // The proxy in front has ended TLS; what people use is said by the config.
    context.cookies.secure = secure;
    context.cookies.set(name, value, { ...options, maxAge });
  }

  return {
    read: (context) => context.cookies.get(name, { signed: false }),
    write: (context, token) => put(context, token, days * 86_400_000),
    clear: (context) => put(context, null, 0),
  };
}
