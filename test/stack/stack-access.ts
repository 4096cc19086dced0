import { dirname, join } from 'node:path';
import { loadConfig, type Config } from '../../appservice/config.ts';
import { loadSecrets, type Secrets } from '../../appservice/secrets.ts';
import { runningStack } from './running-stack.ts';

/** Everything a test needs to act on a stack from outside: as operator, as server admin, as the homeserver itself. */
export type StackAccess = {
  readonly appUrl: string;
  readonly homeserverUrl: string;
  readonly serverName: string;
  readonly databaseUrl: string;
  readonly operatorToken: string;
  readonly secrets: Secrets;
  readonly config: Config;
  readonly appserviceLog: string;
};

/** The stack that suites share. */
export function sharedStackAccess(): StackAccess {
  const { appUrl, homeserverUrl, serverName, databaseUrl, operatorToken } = runningStack();
  const folder = dirname(process.env['SMOOPE_STACK'] ?? '');
  const config = loadConfig(join(folder, 'config.yaml'), {});
  return {
    appUrl,
    homeserverUrl,
    serverName,
    databaseUrl,
    operatorToken,
    config,
    secrets: loadSecrets(join(folder, config.secretsFile)),
    appserviceLog: join(folder, 'logs', 'appservice.log'),
  };
}

/** A decoded answer of an HTTP API. */
export type JsonAnswer = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers };

/** A request to an HTTP API; `token` is a bearer token, and a body that is text goes as it is. */
export type JsonRequest = {
  readonly method?: string | undefined;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string> | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** The request as `fetch` takes it. */
export function jsonRequest({ method = 'GET', token, body, headers = {}, signal }: JsonRequest): RequestInit {
  return {
    method,
    headers: {
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Makes a request; whatever the status is, it is answered. */
export async function callJson(url: string, request: JsonRequest = {}): Promise<JsonAnswer> {
  const response = await fetch(url, jsonRequest(request));
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    headers: response.headers,
  };
}
