import { EntryFault } from './manage-form.ts';

const LIMIT = 256 * 1024;
const TYPES = ['image/png', 'image/jpeg', 'image/webp'];

/** A chosen picture in base64. Throws `EntryFault` for what the service does not take. */
export async function readImage(file: File, input: string, fault: string): Promise<string> {
  if (file.size > LIMIT || !TYPES.includes(file.type)) throw new EntryFault(input, fault);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
