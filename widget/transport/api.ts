/** An answer that is an error, or no answer at all. The message is for logs of a developer; people read texts of their language. */
export class ApiFailure extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Code of the server, for example `M_UNKNOWN_TOKEN`; empty when there is none. */
  readonly errcode: string;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, errcode: string, retryAfterMs?: number) {
    super(`${status} ${errcode}`);
    this.status = status;
    this.errcode = errcode;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A request to our own origin. */
export type ApiRequest = {
  /** HTTP method; GET where nothing is said. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path on our origin. */
  readonly path: string;
  /** Token of the visitor session; it travels in a header, never in an address. */
  readonly token?: string | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request. */
  readonly signal?: AbortSignal;
};

/** Requests to our API. */
export type Api = {
  /** Sends a request and returns the answer as it comes in; throws `ApiFailure` for everything but 2xx. */
  readonly open: (request: ApiRequest) => Promise<Response>;
  /** Sends a request and decodes the answer's JSON, or undefined where there is none; throws `ApiFailure`. */
  readonly call: <T>(request: ApiRequest) => Promise<T>;
};

/** Whether sending the same again later may succeed: no answer, too many requests, or a fault of the server. */
export function isPassing(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && ([0, 408, 429].includes(error.status) || error.status >= 500);
}

/** Whether the session has ended: a new one is opened with a fresh ticket. */
export function isSessionGone(error: unknown): boolean {
  return error instanceof ApiFailure && error.status === 401;
}

async function toFailure(response: Response): Promise<ApiFailure> {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  const { errcode = '' } = Object(await response.json().catch(() => undefined)) as { readonly errcode?: string };
  return new ApiFailure(response.status, errcode, seconds >= 0 ? seconds * 1000 : undefined);
}

/** Longest wait for an answer, in milliseconds. */
const CALL_MS = 30_000;

/** Makes requests with the given `fetch`. */
export function createApi(fetch: typeof globalThis.fetch): Api {
  const open = async ({ method = 'GET', path, token, body, headers, signal }: ApiRequest): Promise<Response> => {
    const request: RequestInit = {
      method,
      headers: {
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      // The panel knows its visitor by the token alone; cookies of other pages on our origin do not belong here.
      credentials: 'omit',
      cache: 'no-store',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    };
    let response: Response;
    try {
      response = await fetch(path, request);
    } catch {
      throw new ApiFailure(0, '');
    }
    if (!response.ok) throw await toFailure(response);
    return response;
  };
  const call = async <T>(request: ApiRequest): Promise<T> => {
    // A connection that died unnoticed would keep the answer waiting for minutes; sending again has no effect twice.
    const response = await open({ signal: AbortSignal.timeout(CALL_MS), ...request });
    try {
      const text = await response.text();
      return (text ? JSON.parse(text) : undefined) as T;
    } catch {
      // The connection broke in the middle of an answer.
      throw new ApiFailure(0, '');
    }
  };
  return { open, call };
}
