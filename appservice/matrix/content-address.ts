/**
 * Server and media id of a content address (https://spec.matrix.org/v1.15/client-server-api/#matrix-content-mxc-uris). A server
 * name begins with a letter or digit: `mxc://../x` would lead out of the path that it is put into (CVE-2024-50336).
 */
const MXC = /^mxc:\/\/([a-z0-9][a-z0-9.-]{0,254}(?::\d{1,5})?)\/([A-Za-z0-9_-]{1,255})$/;

/** Where a file is. */
export type ContentAddress = { readonly server: string; readonly mediaId: string };

/** Reads a content address; undefined for what is none. */
export function readContentAddress(mxc: string): ContentAddress | undefined {
  const [, server, mediaId] = MXC.exec(mxc) ?? [];
  return server === undefined || mediaId === undefined ? undefined : { server, mediaId };
}
