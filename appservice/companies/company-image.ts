import { ApiError } from '../errors.ts';

/** Most octets of a logo or a member's picture. */
export const IMAGE_LIMIT = 256 * 1024;

/** Kinds of pictures that a browser shows and that cannot carry a script. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((octet, index) => bytes[at + index] === octet);

/** Kind of a picture by its first octets, never by its name; undefined for all else. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8)) return 'image/webp';
  return undefined;
}

/** Decodes the field `image` of a body; throws `ApiError` that says what is allowed. */
export function decodeImage(base64: string): { bytes: Buffer; type: ImageType } {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > IMAGE_LIMIT)
    throw new ApiError('M_TOO_LARGE', `body.image: is larger than ${IMAGE_LIMIT} bytes`, { field: 'body.image' });
  const type = imageType(bytes);
  if (type === undefined) throw new ApiError('M_INVALID_PARAM', 'body.image: must be a PNG, JPEG or WebP picture', { field: 'body.image' });
  return { bytes, type };
}
