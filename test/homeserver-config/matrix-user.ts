import { z } from 'zod';

/** An answer of the homeserver: status and decoded body (undefined when it is no JSON). */
export type Answer = { readonly status: number; readonly body: unknown };

/** Somebody at the homeserver; every call is theirs. */
export type MatrixUser = {
  readonly userId: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Uploads a file and returns its content address. */
  readonly upload: (bytes: Uint8Array<ArrayBuffer>, type: string) => Promise<string>;
  /** Status of the authenticated download; `kind` may be the thumbnail. */
  readonly download: (mxc: string, kind?: 'download' | 'thumbnail') => Promise<number>;
  /** Sends a message with a file into a room; returns the status. */
  readonly sendFile: (roomId: string, mxc: string) => Promise<number>;
};

const uploadSchema = z.object({ content_uri: z.string() });
let transaction = 0;

/** Speaks for the owner of the token; with `as` an appservice speaks for its ghost. */
export function matrixUser(homeserverUrl: string, userId: string, token: string, as = false): MatrixUser {
  const address = (path: string): string => {
    const url = new URL(`${homeserverUrl}${path}`);
    if (as) url.searchParams.set('user_id', userId);
    return url.href;
  };
  const authorization = `Bearer ${token}`;
  const call: MatrixUser['call'] = async (method, path, body) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(address(path), { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  };
  return {
    userId,
    call,
    upload: async (bytes, type) => {
      const headers = { authorization, 'content-type': type };
      const response = await fetch(address('/_matrix/media/v3/upload'), { method: 'POST', headers, body: bytes });
      return uploadSchema.parse(await response.json()).content_uri;
    },
    download: async (mxc, kind = 'download') => {
      const query = kind === 'thumbnail' ? '?width=32&height=32&method=scale' : '';
      const { status } = await call('GET', `/_matrix/client/v1/media/${kind}/${mxc.slice('mxc://'.length)}${query}`);
      return status;
    },
    sendFile: async (roomId, mxc) => {
      transaction += 1;
      const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/t${process.pid}.${transaction}`;
      const { status } = await call('PUT', path, { msgtype: 'm.image', body: 'picture', url: mxc });
      return status;
    },
  };
}
