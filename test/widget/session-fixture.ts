import { createApi, type Api } from '../../widget/transport/api.ts';
import { createSessionStore, type SessionStore } from '../../widget/transport/session-store.ts';

/** A storage in memory; `isRefused` makes it throw as browsers do that block storage. */
export class FakeStorage implements Storage {
  readonly items = new Map<string, string>();
  isRefused = false;

  private check(): void {
    if (this.isRefused) throw new DOMException('The operation is insecure.', 'SecurityError');
  }
  get length(): number {
    return this.items.size;
  }
  clear(): void {
    this.items.clear();
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    this.check();
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.check();
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.check();
    this.items.delete(key);
  }
}

/** A store of the company `acme` on a storage. */
export const aStore = (storage: Storage = new FakeStorage()): SessionStore => createSessionStore('acme', () => storage);

/** A request as the fake server sees it. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly body: unknown;
  readonly headers: Headers;
};

/** Answers of a fake server: a status with a body, or 'no answer'. */
export type Reply = readonly [status: number, body?: unknown, headers?: Record<string, string>] | 'no answer';

/** An API whose server is a function; `asked` collects the requests. */
export function anApi(answer: (asked: Asked) => Reply): { readonly api: Api; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const api = createApi(async (input, init = {}) => {
    const headers = new Headers(init.headers);
    const request: Asked = {
      method: init.method ?? 'GET',
      path: input instanceof Request ? input.url : `${input}`,
      token: headers.get('authorization'),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      headers,
    };
    asked.push(request);
    const reply = answer(request);
    if (reply === 'no answer') throw new TypeError('Failed to fetch');
    const [status, body, replyHeaders = {}] = reply;
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: replyHeaders });
  });
  return { api, asked };
}
