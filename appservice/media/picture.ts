import sharp, { type Metadata, type Sharp } from 'sharp';
import { ApiError } from '../errors.ts';
import type { MediaType } from './media-kind.ts';
import { createTurns } from '../turns.ts';

/** A picture made anew from the pixels of another one. */
export type Picture = { readonly bytes: Buffer; readonly type: MediaType; readonly width: number; readonly height: number };

/** Most pixels, all frames of an animation together; as many as Synapse makes thumbnails of. */
const MAX_PIXELS = 32_000_000;

/** Most time for one picture, in seconds. */
const MAX_SECONDS = 20;

// The library works in the threads that files and names of hosts need as well: two pictures at once leave half of them.
const inTurn = createTurns(2);
sharp.concurrency(1);
sharp.cache(false);

const QUALITY = 88;

const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']);

const PORTRAITS: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Whether a file of this type is made anew before it is passed on. */
export function isPicture(type: string): boolean {
  return PICTURES.has(type);
}

const unreadable = (cause?: unknown): ApiError =>
  new ApiError('COM_SMOOPE_MEDIA_TYPE', 'The picture cannot be read.', { cause, field: 'body' });

// AVIF takes a processor minutes to make, and few Matrix clients show it.
function encode(image: Sharp, type: MediaType): { image: Sharp; type: MediaType } {
  if (type === 'image/jpeg') return { image: image.jpeg({ quality: QUALITY }), type };
  if (type === 'image/png') return { image: image.png(), type };
  if (type === 'image/gif') return { image: image.gif(), type };
  return { image: image.webp({ quality: QUALITY }), type: 'image/webp' };
}

function pixelsOf({ width, height, pageHeight, pages = 1 }: Metadata, isAnimated: boolean): number {
  return isAnimated ? width * (pageHeight ?? height) * pages : width * (pageHeight ?? height);
}

function checkPixels(metadata: Metadata, isAnimated: boolean): void {
  if (pixelsOf(metadata, isAnimated) <= MAX_PIXELS) return;
  throw new ApiError('M_TOO_LARGE', `The picture has more than ${MAX_PIXELS} pixels.`, { field: 'body' });
}

async function look(bytes: Buffer, options: { animated: boolean }): Promise<Metadata> {
  try {
    return await sharp(bytes, { ...options, limitInputPixels: false, failOn: 'error' }).metadata();
  } catch (cause) {
    throw unreadable(cause);
  }
}

/**
 * Makes a picture anew from its pixels: turned as the camera says, without metadata (place, device, previews) and without what
 * another program might find in its octets. Animations of GIF and WebP stay, unless they are too large: then the first frame.
 * Throws COM_SMOOPE_MEDIA_TYPE for what is no picture, M_TOO_LARGE for more than 32 million pixels.
 */
export function renewPicture(bytes: Buffer, type: MediaType): Promise<Picture> {
  return inTurn(() => renew(bytes, type));
}

async function renew(bytes: Buffer, type: MediaType): Promise<Picture> {
  const canMove = type === 'image/gif' || type === 'image/webp';
  const metadata = await look(bytes, { animated: canMove });
  const animated = canMove && (metadata.pages ?? 1) > 1 && pixelsOf(metadata, true) <= MAX_PIXELS;
  checkPixels(metadata, animated);
  const source = sharp(bytes, { animated, limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true });
  const turned = animated ? source : source.autoOrient();
  return finish(encode(turned.timeout({ seconds: MAX_SECONDS }), type));
}

async function finish(renewed: { image: Sharp; type: MediaType }): Promise<Picture> {
  try {
    const { data, info } = await renewed.image.toBuffer({ resolveWithObject: true });
    return { bytes: data, type: renewed.type, width: info.width, height: info.pageHeight ?? info.height };
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** Side of a picture of a person, in pixels. */
const PORTRAIT = 512;

/**
 * Makes the picture of a person: a square from the middle, turned as the camera says, made anew from its pixels without metadata.
 * Throws COM_SMOOPE_MEDIA_TYPE for all but JPEG, PNG and WebP, M_TOO_LARGE for more than 32 million pixels.
 */
export function renewPortrait(bytes: Buffer, type: MediaType): Promise<Picture> {
  if (!PORTRAITS.has(type)) {
    const refusal = new ApiError('COM_SMOOPE_MEDIA_TYPE', 'body: must be a JPEG, PNG or WebP picture', { field: 'body' });
    return Promise.reject(refusal);
  }
  return inTurn(async () => {
    const metadata = await look(bytes, { animated: false });
    checkPixels(metadata, false);
    const source = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true });
    const side = Math.min(PORTRAIT, metadata.width, metadata.height);
    const square = source.autoOrient().resize(side, side, { fit: 'cover' });
    return finish(encode(square.timeout({ seconds: MAX_SECONDS }), metadata.hasAlpha ? 'image/png' : 'image/jpeg'));
  });
}
