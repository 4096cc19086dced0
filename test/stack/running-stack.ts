import { readFileSync } from 'node:fs';
import { z } from 'zod';

const stackSchema = z.object({
  appUrl: z.string(),
  homeserverUrl: z.string(),
  serverName: z.string(),
  databaseUrl: z.string(),
  widgetDemoUrl: z.string().nullish(),
  companies: z.array(z.object({ slug: z.string(), companyUserId: z.string(), spaceId: z.string(), teamRoomId: z.string() })),
  operatorToken: z.string(),
});

/** Addresses, ids and the operator's token of the stack that suites share. */
export type RunningStack = z.infer<typeof stackSchema>;

/** Reads `stack.json` of the running stack; SMOOPE_STACK names it (`node test/run.ts stack` starts one and sets it). */
export function runningStack(): RunningStack {
  const file = process.env['SMOOPE_STACK'];
  if (file === undefined) throw new Error('SMOOPE_STACK is not set: run this with "node test/run.ts stack --only <path>".');
  return stackSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
