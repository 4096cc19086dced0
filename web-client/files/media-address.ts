// A server name and an opaque id, and nothing that could be a part of a path (https://spec.matrix.org/v1.15/client-server-api/#matrix-content-mxc-uris).
const MXC = /^mxc:\/\/((?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)\/([\w-]+)$/;

/** Most pixels of a small picture, as homeservers make them. */
const SMALL = new URLSearchParams({ width: '800', height: '600', method: 'scale' });

/** Where a file is read at the homeserver; undefined for what is no address of a file. */
export function mediaAddress(homeserverUrl: string, mxc: unknown, size: 'whole' | 'small' = 'whole'): string | undefined {
  const [, server, id] = (typeof mxc === 'string' && MXC.exec(mxc)) || [];
  if (server === undefined || id === undefined || /^\.+$/.test(server)) return undefined;
  const address = new URL(`/_matrix/client/v1/media/${size === 'small' ? 'thumbnail' : 'download'}/${server}/${id}`, homeserverUrl);
  if (size === 'small') address.search = SMALL.toString();
  return address.href;
}
