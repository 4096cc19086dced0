import type { OpenedApiSession } from '../../appservice/api-sessions/api-session-wire.ts';
import type { MatrixClient } from '../matrix/matrix-sdk.ts';

/** What the server of the service says went wrong, by its code. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly code: string;
  /** What it is about, like `body.texts.de.title`; undefined where the server names nothing. */
  readonly field: string | undefined;

  constructor(code: string, field?: string) {
    super(code);
    this.code = code;
    this.field = field;
  }
}

type Answer = { status: number; body: unknown };

let token: Promise<string> | undefined;

async function send(method: string, path: string, { bearer, body }: { bearer?: string; body?: unknown }): Promise<Answer> {
  const headers = {
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const response = await fetch(`${path}${path.includes('?') ? '&' : '?'}locale=${document.documentElement.lang}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json().catch(() => undefined) };
}

function take({ status, body }: Answer): unknown {
  if (status < 400) return body;
  const { errcode = 'M_UNKNOWN', field } = (body ?? {}) as { errcode?: string; field?: string };
  throw new ApiFault(errcode, field);
}

async function openSession(client: MatrixClient): Promise<string> {
  const { access_token, matrix_server_name } = await client.getOpenIdToken();
  const opened = take(await send('POST', '/api/v1/api-sessions', { body: { access_token, matrix_server_name } }));
  return (opened as OpenedApiSession).token;
}

/** Asks our API as the person whose Matrix this is; a session that has ended is renewed once. Throws `ApiFault`. */
export async function askApi<Result>(client: MatrixClient, method: string, path: string, body?: unknown): Promise<Result> {
  for (const isLast of [false, true]) {
    token ??= openSession(client);
    const bearer = await token.catch((error: unknown) => {
      token = undefined;
      throw error;
    });
    const answer = await send(method, path, { bearer, body });
    if (answer.status !== 401 || isLast) return take(answer) as Result;
    token = undefined;
  }
  throw new ApiFault('M_UNKNOWN_TOKEN');
}

/** Ends the session of our API, where this page has one. */
export async function endApiSession(): Promise<void> {
  if (token === undefined) return;
  const bearer = await token;
  token = undefined;
  await send('DELETE', '/api/v1/api-session', { bearer });
}
