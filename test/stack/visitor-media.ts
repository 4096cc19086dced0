import type { UploadResponse } from '../../appservice/media/media-wire.ts';
import type { Agent } from './agents/agent.ts';
import type { StackAccess } from './stack-access.ts';
import type { Visitor } from './visitor-client.ts';

/** An answer with its octets. */
export type FileAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly errcode: string | undefined;
};

async function answerOf(response: Response): Promise<FileAnswer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const errcode = isJson ? (JSON.parse(bytes.toString()) as { errcode?: string }).errcode : undefined;
  return { status: response.status, headers: response.headers, bytes, errcode };
}

/** Uploads a file as a visitor; whatever the status is, it is answered. `query` stands in place of what is usual. */
export async function tryUpload(
  stack: StackAccess,
  visitor: Pick<Visitor, 'token'>,
  bytes: Buffer,
  { filename = 'kanari.bin', conversationId, type }: { filename?: string; conversationId?: string; type?: string } = {},
): Promise<FileAnswer> {
  const url = new URL('/api/v1/visitor/media', stack.appUrl);
  url.searchParams.set('filename', filename);
  if (conversationId !== undefined) url.searchParams.set('conversationId', conversationId);
  const headers = { authorization: `Bearer ${visitor.token}`, ...(type === undefined ? {} : { 'content-type': type }) };
  return answerOf(await fetch(url, { method: 'POST', headers, body: new Uint8Array(bytes) }));
}

/** Uploads a file as a visitor; throws on refusal. */
export async function upload(...request: Parameters<typeof tryUpload>): Promise<UploadResponse> {
  const { status, bytes } = await tryUpload(...request);
  if (status !== 201) throw new Error(`the upload was answered with ${status} ${bytes.toString()}`);
  return JSON.parse(bytes.toString()) as UploadResponse;
}

/** Content of the event that carries an upload. */
export const fileContent = ({ msgtype, filename, url, info }: UploadResponse) => ({ msgtype, body: filename, url, info });

/** Downloads the file of an event as a visitor. */
export async function download(
  stack: StackAccess,
  visitor: Pick<Visitor, 'token'>,
  conversationId: string,
  eventId: string,
  query = '',
): Promise<FileAnswer> {
  const url = `${stack.appUrl}/api/v1/visitor/conversations/${conversationId}/media/${encodeURIComponent(eventId)}${query}`;
  return answerOf(await fetch(url, { headers: { authorization: `Bearer ${visitor.token}` } }));
}

/** Uploads a file with an agent's client; answers its address. */
export async function uploadAsAgent(stack: StackAccess, agent: Agent, bytes: Buffer, type: string): Promise<string> {
  const response = await fetch(`${stack.homeserverUrl}/_matrix/media/v3/upload?filename=kanari`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.accessToken}`, 'content-type': type },
    body: new Uint8Array(bytes),
  });
  if (!response.ok) throw new Error(`the homeserver answered ${response.status} to an upload`);
  return ((await response.json()) as { content_uri: string }).content_uri;
}

/** Downloads a file from the homeserver with an agent's client. */
export async function downloadAsAgent(stack: StackAccess, agent: Agent, mxc: string): Promise<FileAnswer> {
  const url = `${stack.homeserverUrl}/_matrix/client/v1/media/download/${mxc.slice('mxc://'.length)}`;
  return answerOf(await fetch(url, { headers: { authorization: `Bearer ${agent.accessToken}` } }));
}
