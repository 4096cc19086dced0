const LONGEST_EDGE = 2560;
const QUALITY = 0.85;
/** Kinds that stay what they are; other pictures become JPEG. Moving ones (GIF) are left to the server. */
const KEPT = ['image/jpeg', 'image/png', 'image/webp'];
const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Whether a file is a picture that is drawn anew before it leaves the browser. */
export const isRedrawn = ({ type }: File): boolean => /^image\/(?!gif|svg)/.test(type);

/**
 * Draws a picture anew, at most 2560 pixels long: what the camera wrote into the file (place, time, device) stays behind.
 * A file that the browser cannot read as a picture comes back as it is; the server then decides about it.
 */
export async function redraw(file: File): Promise<File> {
  if (!isRedrawn(file)) return file;
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  const context = canvas.getContext('2d');
  const type = KEPT.includes(file.type) ? file.type : 'image/jpeg';
  if (context && type === 'image/jpeg') {
    // JPEG has no transparency: what was see-through would become black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = context && (await canvas.convertToBlob({ type, quality: QUALITY }).catch(() => undefined));
  if (!blob) return file;
  // A browser that cannot write a kind writes another one, and says so.
  const name = blob.type === file.type ? file.name : `${file.name.replace(/\.[^.]*$/, '')}.${ENDINGS[blob.type] ?? 'png'}`;
  return new File([blob], name, { type: blob.type });
}
