import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../appservice/config.ts';
import { writePrivateFile } from '../private-file.ts';

const stackFileSchema = z.object({
  appUrl: z.string(),
  homeserverUrl: z.string(),
  serverName: z.string(),
  databaseUrl: z.string(),
  widgetDemoUrl: z.string(),
  companies: z.array(z.object({ slug: z.string(), companyUserId: z.string(), spaceId: z.string(), teamRoomId: z.string() })),
  operatorToken: z.string(),
});

/** What tests and tools need to find a running stack; it exists while the stack runs. */
export type StackFile = z.infer<typeof stackFileSchema>;

const pathOf = (dataDir: string): string => join(dataDir, 'stack.json');

/** Addresses that follow from the config. */
export function stackAddresses({ publicOrigin, homeserver, database, listen }: Config): Omit<StackFile, 'companies' | 'operatorToken'> {
  return {
    appUrl: publicOrigin,
    homeserverUrl: homeserver.url,
    serverName: homeserver.serverName,
    databaseUrl: database.url,
    widgetDemoUrl: `http://127.0.0.1:${listen.port}/demo/`,
  };
}

/** Writes `dataDir/stack.json` (mode 600: it holds the operator's token); only when everything answers. */
export function writeStackFile(dataDir: string, file: StackFile): void {
  writePrivateFile(pathOf(dataDir), `${JSON.stringify(stackFileSchema.parse(file), null, 2)}\n`);
}

/** Takes it away: the stack does not answer any more. */
export function removeStackFile(dataDir: string): void {
  rmSync(pathOf(dataDir), { force: true });
}

/** Keeps the operator's token of the demo over restarts, because the database holds only its hash. */
export function operatorTokenFile(dataDir: string): { read(): string | undefined; write(token: string): void } {
  const file = join(dataDir, 'operator-token');
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined),
    write: (token) => writePrivateFile(file, `${token}\n`),
  };
}
