import { z } from 'zod';

/** A page of the audit log. */
export const auditPage = z.object({
  entries: z.array(
    z.object({
      id: z.int(),
      at: z.int().describe('Milliseconds since 1970.'),
      actor: z.string().describe('operator:<token id>, system, command or member.'),
      action: z.string(),
      companyId: z.string().nullable(),
      detail: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
        .describe('Ids, codes and names of settings.'),
    }),
  ),
});
/** See `auditPage`. */
export type AuditPage = z.output<typeof auditPage>;
