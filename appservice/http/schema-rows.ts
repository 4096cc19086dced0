import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** One line of a table of fields. */
export type SchemaRow = { name: string; type: string; required: boolean; description: string };

type Definitions = Record<string, JsonSchema>;

function resolve(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const name = schema.$ref?.replace('#/$defs/', '');
  return (name === undefined ? undefined : definitions[name]) ?? schema;
}

function variantsOf(schema: JsonSchema): JsonSchema[] {
  return schema.oneOf ?? schema.anyOf ?? [];
}

/** What a value may be, in words: `string (email)`, `"open" or "closed"`, `number from 1 to 20`, `list of object`. */
function typeOf(given: JsonSchema, definitions: Definitions): string {
  const schema = resolve(given, definitions);
  const variants = variantsOf(schema);
  if (variants.length > 0) return [...new Set(variants.map((variant) => typeOf(variant, definitions)))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf((schema.items ?? {}) as JsonSchema, definitions)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');
  const low = schema.minimum !== undefined && Number.isSafeInteger(schema.minimum + 1) ? ` from ${schema.minimum}` : '';
  const high = schema.maximum !== undefined && Number.isSafeInteger(schema.maximum - 1) ? ` to ${schema.maximum}` : '';
  const length = schema.maxLength === undefined ? '' : `, at most ${schema.maxLength} characters`;
  const format = schema.format === undefined ? '' : ` (${schema.format})`;
  return `${type}${format}${low}${high}${length}`;
}

function rowsOf(given: JsonSchema, definitions: Definitions, prefix: string, seen: readonly string[]): SchemaRow[] {
  const name = given.$ref ?? '';
  if (name !== '' && seen.includes(name)) return [];
  const schema = resolve(given, definitions);
  const deeper = (child: JsonSchema, path: string): SchemaRow[] => rowsOf(child, definitions, path, [...seen, name]);
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const property = child as JsonSchema;
    const row: SchemaRow = {
      name: prefix + key,
      type: typeOf(property, definitions),
      required: schema.required?.includes(key) ?? false,
      description: property.description ?? resolve(property, definitions).description ?? '',
    };
    return [row, ...deeper(property, `${prefix}${key}.`)];
  });
  const items =
    typeof schema.items === 'object' && !Array.isArray(schema.items) ? deeper(schema.items, `${prefix.replace(/\.$/, '')}[].`) : [];
  const variants = variantsOf(schema).flatMap((variant) => deeper(variant, prefix));
  const rows = [...own, ...items, ...variants];
  return rows.filter((row, index) => rows.findIndex((other) => other.name === row.name && other.type === row.type) === index);
}

/** The fields of a schema with dotted paths, as the caller sends them (`input`) or receives them (`output`). */
export function schemaRows(schema: z.ZodType, io: 'input' | 'output'): SchemaRow[] {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rowsOf(json, json.$defs ?? {}, '', []);
}
