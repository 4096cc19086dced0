import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { HttpContext, HttpMiddleware } from './context.ts';
import { securityHeaders, type HeaderClass, type HeaderSettings } from './security-headers.ts';

/** A folder of files that anyone may read. */
export type StaticMount = {
  /** Path before the names, for example `/assets/`. */
  prefix: string;
  /** Folder on disk; read once, so that nothing outside it can be reached. */
  directory: string;
  /** Security headers of these files. */
  headers: HeaderClass;
  /** True where names carry a hash of the content (`panel-Bx31_a9Q.js`): such files are kept by browsers for a year, others asked for again. */
  immutable: boolean;
  /** Only these files, by the name they are asked for; all files of the folder where it is absent. */
  only?: Record<string, string>;
  /** Only for requests to this host name; any where it is absent. */
  hostname?: string;
};

type StaticFile = { type: string; tag: string; plain: Buffer; packed: Partial<Record<string, Buffer>> };

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
};

const HASHED = /-[\w-]{8}\.[a-z0-9]+$/;

const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt', '.wasm', '.webmanifest']);

function readFile(path: string): StaticFile {
  const plain = readFileSync(path);
  const extension = extname(path);
  const file: StaticFile = {
    type: TYPES[extension] ?? 'application/octet-stream',
    tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 20)}"`,
    plain,
    packed: {},
  };
  if (!COMPRESSED.has(extension)) return file;
  if (existsSync(`${path}.br`)) file.packed['br'] = readFileSync(`${path}.br`);
  file.packed['gzip'] = existsSync(`${path}.gz`) ? readFileSync(`${path}.gz`) : gzipSync(plain, { level: 9 });
  return file;
}

function readFolder({ prefix, directory, only }: StaticMount): Map<string, StaticFile> {
  if (!existsSync(directory)) throw new Error(`The folder ${directory} is missing: npm run build makes it.`);
  if (only !== undefined) return new Map(Object.entries(only).map(([name, file]) => [prefix + name, readFile(join(directory, file))]));
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(gz|br)$/.test(entry.name) || entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    const url = prefix + relative(directory, path).split(sep).join('/');
    const file = readFile(path);
    files.set(url, file);
    if (entry.name === 'index.html') files.set(url.slice(0, -entry.name.length), file);
  }
  return files;
}

function send(context: HttpContext, file: StaticFile): void {
  context.status = 200;
  context.set('ETag', file.tag);
  context.vary('Accept-Encoding');
  if (context.fresh) {
    context.status = 304;
    return;
  }
  const encoding = Object.keys(file.packed).find((name) => context.acceptsEncodings(name) === name) ?? 'identity';
  if (encoding !== 'identity') context.set('Content-Encoding', encoding);
  context.body = file.packed[encoding] ?? file.plain;
  context.type = file.type;
}

/** Serves a folder from memory; a path that is no file of it goes to the next middleware. */
export function staticFiles(mount: StaticMount, settings: HeaderSettings): HttpMiddleware {
  const files = readFolder(mount);
  const headers = securityHeaders(mount.headers, settings);
  return async (context, next) => {
    const file = mount.hostname === undefined || mount.hostname === context.hostname ? files.get(context.path) : undefined;
    if (file === undefined || !['GET', 'HEAD'].includes(context.method)) {
      await next();
      return;
    }
    context.state.route = mount.prefix;
    const hashed = mount.immutable && HASHED.test(context.path);
    context.set({ ...headers, 'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache' });
    send(context, file);
  };
}
