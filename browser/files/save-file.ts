/** Lets the browser save octets under a name, as if a link had been followed; they are never a page. */
export function saveFile(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob.slice(0, blob.size, 'application/octet-stream'));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // The browser has begun to read by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
