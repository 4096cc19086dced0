/** What the server says went wrong; `field` is the name of the input without the part of the request it stood in. */
export class AccountFault extends Error {
  override readonly name = 'AccountFault';
  readonly code: string;
  readonly field: string | undefined;
  readonly retryAfterMs: number;

  constructor(code: string, { field, retryAfterMs = 0 }: { field?: string | undefined; retryAfterMs?: number | undefined } = {}) {
    super(code);
    this.code = code;
    this.field = field;
    this.retryAfterMs = retryAfterMs;
  }
}

type ErrorBody = { errcode?: string; field?: string; retry_after_ms?: number };

/** Code of a fault that has no answer of the server. */
export const OFFLINE = 'offline';

/** Asks the server and decodes its answer; throws `AccountFault`. */
export function ask<Answer = void>(method: string, path: string, body?: unknown): Promise<Answer> {
  const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return send<Answer>(method, path, content);
}

/** As `ask`, with a file in place of JSON. */
export const askWithFile = <Answer>(method: string, path: string, file: Blob): Promise<Answer> =>
  send<Answer>(method, path, { headers: { 'content-type': 'application/octet-stream' }, body: file });

async function send<Answer>(method: string, path: string, content: RequestInit): Promise<Answer> {
  // Texts and notices come in the language of the page.
  const address = `${path}?locale=${document.documentElement.lang}`;
  let response: Response;
  try {
    response = await fetch(address, { method, ...content });
  } catch {
    throw new AccountFault(OFFLINE);
  }
  const text = await response.text().catch(() => '');
  const decoded: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  if (response.ok) return decoded as Answer;
  const { errcode = 'M_UNKNOWN', field, retry_after_ms: retryAfterMs } = (decoded ?? {}) as ErrorBody;
  throw new AccountFault(errcode, { field: field?.split('.').at(-1), retryAfterMs });
}
