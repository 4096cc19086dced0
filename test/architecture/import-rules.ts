import type { ImportOf, SourceFile } from './source-files.ts';

/** Files that wire the others and may import all of them. */
const WIRING = /^appservice\/(app\.ts|main\.ts|app-[a-z-]+\.ts|commands\/|wiring\/)/;
/** Folders of the appservice that are no nouns. */
const FOUNDATION = new Set(['http', 'database', 'matrix', 'commands']);
/** What knows no noun and serves all: errors, log, ids, the HTTP layer, transactions. Settings come in through app.ts. */
const BASE = /^appservice\/((http|database)\/.+|(?!app|main|config|secrets)[a-z-]+\.ts)$/;
/**
 * What knows neither server nor browser and runs on both sides: how Matrix content is read, which must not be decided twice. Such a module
 * imports types, its like, and libraries that a browser can run.
 */
const PURE = new Set([
  'appservice/reply-fallback.ts',
  'appservice/conversations/event-relation.ts',
  'appservice/conversations/formatted-text.ts',
  'appservice/conversations/shown-content.ts',
]);
const BRIDGE_LIBRARY = /^(matrix-appservice|matrix-appservice-bridge|@vector-im\/matrix-bot-sdk)(\/|$)/;

/** The folder of a noun (`companies`), or undefined for files of other parts. */
function nounOf(path: string): string | undefined {
  const folder = /^appservice\/([^/]+)\//.exec(path)?.[1];
  return folder === undefined || FOUNDATION.has(folder) ? undefined : folder;
}

const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/');

function breachInNoun(file: SourceFile, { target, ours, typeOnly }: ImportOf): string | undefined {
  if (!ours || typeOnly || BASE.test(target)) return undefined;
  const own = nounOf(file.path);
  if (own !== undefined && nounOf(target) === own) return undefined;
  const other = nounOf(target);
  return other === undefined
    ? `a noun imports only itself, errors, logger, http, database and types, not ${target}`
    : `another noun comes in through app.ts, not by importing ${target}`;
}

function breachInFoundation(file: SourceFile, { target, ours, typeOnly }: ImportOf): string | undefined {
  if (!ours || typeOnly || BASE.test(target) || folderOf(target) === folderOf(file.path)) return undefined;
  return `${folderOf(file.path)} imports only itself, errors, logger, http, database and types, not ${target}`;
}

function breachInPure({ target, ours, typeOnly }: ImportOf): string | undefined {
  if (typeOnly || (ours ? PURE.has(target) : !target.startsWith('node:'))) return undefined;
  return `runs in browsers too and imports types and its like, not ${target}`;
}

function breachInBrowserCode(file: SourceFile, { target, ours, typeOnly }: ImportOf): string | undefined {
  const top = file.path.split('/')[0] ?? '';
  if (!ours) return target.startsWith('node:') ? `a browser has no ${target}` : undefined;
  if (target.startsWith(`${top}/`) || target.startsWith('browser/') || PURE.has(target)) return undefined;
  if (/^appservice\/.*-wire\.ts$/.test(target)) return typeOnly ? undefined : `of ${target} only types may reach a browser`;
  return `browser code imports types from *-wire.ts, not ${target}`;
}

function breachOf(file: SourceFile, imported: ImportOf): string | undefined {
  const { path } = file;
  if (BRIDGE_LIBRARY.test(imported.target) && !/^(appservice\/matrix|test)\//.test(path)) return 'only matrix/ imports the bridge library';
  if (imported.ours && imported.target.startsWith('test/') && !path.startsWith('test/'))
    return `nothing imports a test: ${imported.target}`;
  if (path.startsWith('migrations/')) return imported.ours ? `a migration imports nothing of ours, not ${imported.target}` : undefined;
  if (/^(browser|widget|web-client)\//.test(path)) return breachInBrowserCode(file, imported);
  if (!path.startsWith('appservice/') || WIRING.test(path)) return undefined;
  if (PURE.has(path)) return breachInPure(imported);
  if (imported.ours && imported.target.startsWith('homeserver-config/')) return `the appservice knows nothing of ${imported.target}`;
  if (nounOf(path) !== undefined) return breachInNoun(file, imported);
  return /^appservice\/(http|database|matrix)\//.test(path) ? breachInFoundation(file, imported) : undefined;
}

/** Every import that the layout forbids (design, "Layout"), as `file: sentence`. */
export function forbiddenImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((imported) => {
      const breach = breachOf(file, imported);
      return breach === undefined ? [] : [`${file.path}: ${breach}`];
    }),
  );
}

/** Every cycle of imports, types included, as `a -> b -> a`. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const targets = new Map(files.map(({ path, imports }) => [path, imports.filter(({ ours }) => ours).map(({ target }) => target)]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  function visit(path: string, trail: readonly string[]): void {
    if (finished.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push([...trail.slice(start), path].join(' -> '));
      return;
    }
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  }
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}
