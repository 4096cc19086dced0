import { join } from 'node:path';
import { openDatabase, type Database } from '../../../appservice/database/database.ts';
import { migrateToLatest } from '../../../appservice/database/migrate.ts';
import { issueOperatorToken } from '../../../appservice/operator/operator-token.ts';
import { createEmbeddedAppservice } from '../../../homeserver-config/embedded/appservice.ts';
import type { Part } from '../../../homeserver-config/embedded/part.ts';
import { startEmbeddedStack, type EmbeddedStack } from '../../../homeserver-config/embedded/stack.ts';
import { freePort } from '../../runner/free-port.ts';
import { makeStackFolder, removeStackFolder } from '../../runner/stack-folder.ts';
import type { StackAccess } from '../stack-access.ts';

/** A stack whose parts a test kills and brings back one by one; nobody revives them meanwhile. */
export type FaultyStack = {
  readonly access: StackAccess;
  readonly parts: EmbeddedStack;
  readonly appservice: Part;
  readonly database: Database;
  stop(): Promise<void>;
};

/** Starts PostgreSQL, Synapse and the appservice in a folder of their own. */
export async function startFaultyStack(): Promise<FaultyStack> {
  const dataDir = makeStackFolder('faults');
  const parts = await startEmbeddedStack({
    dataDir,
    // Not the usual one: a homeserver of another test may still knock there.
    port: await freePort(),
    whenDatabaseAnswers: (config) => migrateToLatest(config.database.url),
  });
  const { config, secrets } = parts;
  const appservice = createEmbeddedAppservice(parts);
  try {
    await appservice.start();
  } catch (error) {
    // Nobody else knows of what was started.
    await parts.stop();
    throw error;
  }
  const database = openDatabase({ url: config.database.url, poolSize: 4 });
  const { token } = await issueOperatorToken(database, 'faults');
  return {
    access: {
      appUrl: config.publicOrigin,
      homeserverUrl: config.homeserver.url,
      serverName: config.homeserver.serverName,
      databaseUrl: config.database.url,
      operatorToken: token,
      secrets,
      config,
      appserviceLog: join(dataDir, 'logs', 'appservice.log'),
    },
    parts,
    appservice,
    database,
    async stop() {
      await database.destroy();
      await appservice.stop();
      await parts.stop();
      await removeStackFolder(dataDir);
    },
  };
}
