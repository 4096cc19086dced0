import type { DeviceId, UserId } from '../ids.ts';

/** As whom a request is made: a ghost of ours, with its device where transaction ids must be remembered. */
export type Ghost = { readonly userId: UserId; readonly deviceId?: DeviceId };

/** One request of the client-server or admin API. */
export type HomeserverRequest = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Path below the homeserver's address; build it with `matrixPath` so that ids are encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** A file in place of a JSON body. */
  readonly octets?: { readonly bytes: Uint8Array; readonly type: string };
  /** Acts as this ghost (https://spec.matrix.org/v1.15/application-service-api/#identity-assertion). */
  readonly as?: Ghost;
  /** Most time in milliseconds; default 20 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

/** The homeserver refused a request. */
export class MatrixError extends Error {
  override readonly name = 'MatrixError';
  /** HTTP status. */
  readonly status: number;
  /** Matrix error code, `M_UNKNOWN` where there was none. */
  readonly errcode: string;
  /** Milliseconds to wait, for `M_LIMIT_EXCEEDED`. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, errcode: string, message: string, retryAfterMs?: number) {
    super(`${status} ${errcode}: ${message}`);
    this.status = status;
    this.errcode = errcode;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The homeserver did not answer, or answered that it cannot now. Trying again later is right. */
export class HomeserverUnavailable extends Error {
  override readonly name = 'HomeserverUnavailable';
}

/** Speaks HTTP to the homeserver; the only place that knows its address and tokens. */
export type HomeserverClient = {
  /** Decoded JSON answer; throws `MatrixError` or `HomeserverUnavailable`. */
  request(request: HomeserverRequest): Promise<unknown>;
  /** As `request`, without a token of ours: the request carries what proves it. */
  requestPlain(request: Omit<HomeserverRequest, 'as'>): Promise<unknown>;
  /** As `request`, with the server-admin account in place of the appservice. */
  admin(request: Omit<HomeserverRequest, 'as'>): Promise<unknown>;
  /** Raw octets of an answer, for media. */
  download(request: HomeserverRequest): Promise<Response>;
};

/** Encodes every value into one path segment: matrixPath`/rooms/${roomId}/send/${type}/${txnId}`. */
export function matrixPath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => path + encodeURIComponent(values[index - 1] ?? '') + part);
}

type Settings = { readonly url: string; readonly appserviceToken: string; readonly adminToken: string | undefined };

/** Creates the client; `adminToken` may be absent where no admin call is made. */
export function createHomeserverClient(settings: Settings): HomeserverClient {
  async function send(token: string | undefined, request: HomeserverRequest): Promise<Response> {
    const { method, path, query, body, octets, as, timeoutMs = 20_000, signal } = request;
    const type = octets?.type ?? (body === undefined ? undefined : 'application/json');
    // fetch takes no shared memory, and none is ever given here; the types of buffers do not say so.
    const sent = (octets?.bytes as Uint8Array<ArrayBuffer> | undefined) ?? (body === undefined ? undefined : JSON.stringify(body));
    const url = new URL(path, settings.url);
    for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(key, String(value));
    if (as !== undefined) url.searchParams.set('user_id', as.userId);
    if (as?.deviceId !== undefined) url.searchParams.set('device_id', as.deviceId);
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(sent === undefined ? {} : { body: sent }),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
    } catch (cause) {
      if (signal?.aborted === true) throw cause;
      throw new HomeserverUnavailable('the homeserver does not answer', { cause });
    }
    if (response.ok) return response;
    throw await toError(response);
  }

  async function requestJson(token: string | undefined, request: HomeserverRequest): Promise<unknown> {
    const response = await send(token, request);
    try {
      return await response.json();
    } catch (cause) {
      throw new HomeserverUnavailable('the answer of the homeserver broke off', { cause });
    }
  }

  return {
    request: (request) => requestJson(settings.appserviceToken, request),
    requestPlain: (request) => requestJson(undefined, request),
    admin(request) {
      if (settings.adminToken === undefined) throw new MatrixError(401, 'M_MISSING_TOKEN', 'there is no server-admin account');
      return requestJson(settings.adminToken, request);
    },
    download: (request) => send(settings.appserviceToken, request),
  };
}

async function toError(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => ({}));
  const {
    errcode = 'M_UNKNOWN',
    error = '',
    retry_after_ms: retryAfterMs,
  } = body as { errcode?: string; error?: string; retry_after_ms?: number };
  if (response.status >= 500) return new HomeserverUnavailable(`${response.status} ${errcode}`);
  return new MatrixError(response.status, errcode, error, retryAfterMs);
}
