import { cleanName } from '../../browser/files/file-facts.ts';
import { isRedrawn, redraw } from '../../browser/files/reencode.ts';
import { typeOf } from './file-type.ts';
import type { MediaInfo } from './media-content.ts';
import { isMovingWebp, plainGif, plainWebp } from './moving-picture.ts';

/** What a company and the homeserver take. */
export type FileLimits = { readonly maxBytes: number; readonly types: readonly string[] };

/** Why a file does not go. */
export type FileProblem = 'emptyFile' | 'tooBig' | 'wrongType' | 'unreadable';

/** A file as it is sent: its type found from its content, a picture without what a camera wrote into it. */
export type PreparedFile = {
  readonly file: File;
  readonly info: MediaInfo;
  /** A frame of a film, JPEG. */
  readonly poster?: { readonly blob: Blob; readonly w: number; readonly h: number } | undefined;
  readonly problem: FileProblem | undefined;
};

const LOOK_MS = 8_000;
const POSTER_EDGE = 800;

/** Octets of a moving picture without metadata; undefined where it does not move, or cannot be taken apart. */
async function withoutMetadata(file: File): Promise<File | undefined> {
  if (file.type !== 'image/gif' && file.type !== 'image/webp') return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const plain = file.type === 'image/gif' ? plainGif(bytes) : isMovingWebp(bytes) ? plainWebp(bytes) : undefined;
  return plain && new File([plain], file.name, { type: file.type });
}

async function sizeOfPicture(file: Blob): Promise<{ w?: number; h?: number }> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return {};
  const { width: w, height: h } = picture;
  picture.close();
  return { w, h };
}

/** Opens sound or film in the browser; undefined where it cannot play it. */
async function opened<Kind extends 'audio' | 'video'>(kind: Kind, url: string): Promise<HTMLElementTagNameMap[Kind] | undefined> {
  const media = document.createElement(kind);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), LOOK_MS);
  media.addEventListener(kind === 'video' ? 'loadeddata' : 'loadedmetadata', () => resolve(true));
  media.addEventListener('error', () => resolve(false));
  Object.assign(media, { preload: 'auto', muted: true, src: url });
  const isThere = await promise;
  clearTimeout(timer);
  return isThere ? media : undefined;
}

async function posterOf(film: HTMLVideoElement): Promise<PreparedFile['poster']> {
  const scale = Math.min(1, POSTER_EDGE / Math.max(film.videoWidth, film.videoHeight));
  const [w, h] = [film.videoWidth, film.videoHeight].map((edge) => Math.max(1, Math.round(edge * scale))) as [number, number];
  const canvas = new OffscreenCanvas(w, h);
  canvas.getContext('2d')?.drawImage(film, 0, 0, w, h);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.7 }).catch(() => undefined);
  return blob && { blob, w, h };
}

async function factsOf(file: File): Promise<Pick<PreparedFile, 'poster'> & { more: Partial<MediaInfo> }> {
  const { type } = file;
  if (type.startsWith('image/')) return { more: await sizeOfPicture(file) };
  if (!/^(?:audio|video)\//.test(type)) return { more: {} };
  const url = URL.createObjectURL(file);
  try {
    const media = await opened(type.startsWith('video/') ? 'video' : 'audio', url);
    if (media === undefined) return { more: {} };
    // What was recorded just now says how long it is only at its end.
    const duration = Number.isFinite(media.duration) ? { duration: Math.round(media.duration * 1000) } : {};
    if (!(media instanceof HTMLVideoElement)) return { more: duration };
    return { more: { ...duration, w: media.videoWidth, h: media.videoHeight }, poster: await posterOf(media).catch(() => undefined) };
  } finally {
    URL.revokeObjectURL(url);
  }
}

const isTaken = (type: string, types: readonly string[]): boolean =>
  types.some((taken) => [type, '*/*', type.replace(/\/.*/, '/*')].includes(taken));

/** A picture that could not be drawn anew would take along what a camera wrote into it. */
function problemOf(file: File, { types, maxBytes }: FileLimits, isAsItWas: boolean): FileProblem | undefined {
  if (file.size === 0) return 'emptyFile';
  if (!isTaken(file.type, types)) return 'wrongType';
  if (isAsItWas) return 'unreadable';
  return file.size > maxBytes ? 'tooBig' : undefined;
}

/** Makes a file ready to be sent. Nothing leaves the browser. */
export async function prepareFile(chosen: File, limits: FileLimits, fallbackName: string): Promise<PreparedFile> {
  const type = await typeOf(chosen);
  const typed = new File([chosen], cleanName(chosen.name, fallbackName), { type });
  const file = (await withoutMetadata(typed)) ?? (await redraw(typed));
  const { more, poster } = await factsOf(file);
  const info = { mimetype: file.type, size: file.size, ...more };
  return { file, info, poster, problem: problemOf(file, limits, isRedrawn(typed) && file === typed) };
}
