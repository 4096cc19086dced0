import { isInline, plainType } from './inline-types.ts';

/** How an element reaches files of the homeserver as the person who looks. */
export type FileAccess = { readonly homeserverUrl: string; readonly accessToken: string };

/** Loads a file with the person's token; as a blob it says of itself only what is harmless, so that no file is ever a page of ours. Throws where it cannot be had. */
export async function loadFile(address: string, { accessToken }: Pick<FileAccess, 'accessToken'>): Promise<Blob> {
  const answer = await fetch(address, {
    headers: { authorization: `Bearer ${accessToken}` },
    // Files belong to the session: no cache keeps them beyond it.
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  if (!answer.ok) throw new Error(`the homeserver answered ${answer.status}`);
  const type = plainType(answer.headers.get('content-type'));
  return new Blob([await answer.blob()], { type: isInline(type) ? type : 'application/octet-stream' });
}
