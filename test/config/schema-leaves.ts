import { z } from 'zod';

/** A key that holds a value: its path, its schema, and what must stand beside it so that its variant of a union is chosen. */
export type Leaf = { path: string[]; schema: z.ZodType; variant: Record<string, unknown> };

/** All keys of a schema that hold values; of unions, the keys of every variant. */
export function leavesOf(schema: z.ZodType, path: string[] = [], variant: Record<string, unknown> = {}): Leaf[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, child]) => leavesOf(child, [...path, key], variant));
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const tag = schema.def.discriminator;
    return schema.options.flatMap((option) => {
      const fields = option as z.ZodObject;
      return leavesOf(fields, path, { [tag]: (fields.shape[tag] as z.ZodLiteral).value });
    });
  }
  // A list of objects: the keys of its first.
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) return leavesOf(schema.element, [...path, '0'], variant);
  return [{ path, schema, variant }];
}
