import { z } from 'zod';

const PREFIX = 'SMOOPE_';
/** Variables that begin like a setting and are none: the config file itself, and the running stack that tests use. */
const NOT_SETTINGS = new Set(['SMOOPE_CONFIG', 'SMOOPE_STACK']);

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `POOL_SIZE` to `poolSize`. */
function camelCase(part: string): string {
  return part.toLowerCase().replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap()) : schema;
}

/** Schema of a key inside an object or inside one of the variants of a union; undefined where there is no such key. */
function childOf(schema: z.core.$ZodType, key: string): z.core.$ZodType | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return Object.hasOwn(inner.shape, key) ? (inner.shape[key] as z.core.$ZodType) : undefined;
  if (!(inner instanceof z.ZodUnion)) return undefined;
  return inner.options.map((option) => childOf(option, key)).find((found) => found !== undefined);
}

/** The text as the kind of value the schema wants; as it is where it cannot be read so, which the schema then refuses with its path. */
function parseText(schema: z.core.$ZodType, text: string): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodNumber) return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (inner instanceof z.ZodBoolean) return text === 'true' || (text === 'false' ? false : text);
  if (!(inner instanceof z.ZodArray)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withValue(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return { ...tree, [key]: value };
  const branch = tree[key];
  return { ...tree, [key]: withValue(isTree(branch) ? branch : {}, rest, value) };
}

/**
 * Lays environment variables over settings: `SMOOPE_DATABASE__POOL_SIZE=20` sets `database.poolSize`; `__` separates the parts of a path.
 * Numbers, booleans (`true`, `false`) and lists (JSON) are read as the schema wants them. A variable that names no setting is put in under
 * its own name, so that the strict schema refuses it by that name.
 */
export function applyEnvironment(data: unknown, environment: NodeJS.ProcessEnv, schema: z.ZodType): unknown {
  let settings = isTree(data) ? data : undefined;
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || NOT_SETTINGS.has(name) || text === undefined) continue;
    const path = name.slice(PREFIX.length).split('__').map(camelCase);
    const target = path.reduce<z.core.$ZodType | undefined>((at, key) => at && childOf(at, key), schema);
    settings = target === undefined ? { ...settings, [name]: text } : withValue(settings ?? {}, path, parseText(target, text));
  }
  return settings ?? data;
}
