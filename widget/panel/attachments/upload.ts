import { ApiFailure } from '../../transport/api.ts';

/** What the server says of a file that it took. */
export type Uploaded = {
  readonly conversationId: string;
  /** Address of the file, `mxc`. */
  readonly url: string;
  /** Matrix message type that fits what the file really is. */
  readonly msgtype: string;
  readonly filename: string;
  readonly info: Readonly<Record<string, unknown>>;
};

/** A file to be sent to the server. */
export type UploadRequest = {
  readonly file: File;
  /** Path with query on our origin. */
  readonly path: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Share that has gone, 0 to 1. */
  readonly onProgress: (share: number) => void;
};

function decode(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Sends a file; the old request interface, because only it tells how far an upload is. Throws `ApiFailure`. */
export function upload({ file, path, token, signal, onProgress }: UploadRequest): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body = decode(request.responseText);
      if (request.status === 201 || request.status === 200) resolve(body as unknown as Uploaded);
      else reject(new ApiFailure(request.status, typeof body['errcode'] === 'string' ? body['errcode'] : ''));
    };
    request.onerror = request.onabort = () => reject(new ApiFailure(0, ''));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
