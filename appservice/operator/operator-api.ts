/** The operator API as the command line calls it. */
export type OperatorApi = {
  /** Decoded answer, undefined where there is none; throws `OperatorApiError`. */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
};

/** A refusal in words for the terminal: what the service said, with the field. */
export class OperatorApiError extends Error {
  override readonly name = 'OperatorApiError';
}

/** Calls the API below `url` with an operator token. */
export function createOperatorApi({ url, token }: { url: string; token: string }): OperatorApi {
  return {
    async call(method, path, body) {
      let response: Response;
      try {
        response = await fetch(new URL(`/api/v1/operator${path}`, url), {
          method,
          headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      } catch (cause) {
        throw new OperatorApiError(`The service does not answer at ${url}.`, { cause });
      }
      if (response.status === 204) return undefined;
      const answer: unknown = await response.json().catch(() => ({}));
      if (response.ok) return answer;
      const { errcode = 'M_UNKNOWN', error = 'no reason given' } = answer as { errcode?: string; error?: string };
      throw new OperatorApiError(`${error} (${errcode}, ${response.status})`);
    },
  };
}
