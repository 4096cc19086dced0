import type { Config } from './config.ts';
import { createAdvisoryLocks } from './database/advisory-locks.ts';
import { createAlone } from './database/alone.ts';
import { openDatabase } from './database/database.ts';
import { createListener } from './database/listener.ts';
import type { Logger } from './logger.ts';
import { createIntents } from './matrix/bridge.ts';
import { createCompanyList } from './matrix/company-list.ts';
import { createCompanyMedia } from './matrix/company-media.ts';
import { createCompanyRooms } from './matrix/company-rooms.ts';
import { createDepartmentRooms } from './matrix/department-rooms.ts';
import { createConversationMedia } from './matrix/conversation-media.ts';
import { createConversationRooms } from './matrix/conversation-rooms.ts';
import { createGhosts } from './matrix/ghosts.ts';
import { createHomeserverClient } from './matrix/homeserver-client.ts';
import { createNames } from './matrix/names.ts';
import { createReading } from './matrix/reading.ts';
import { createOwnSends } from './matrix/own-sends.ts';
import { createSending } from './matrix/sending.ts';
import { createServiceAccounts } from './matrix/service-accounts.ts';
import { createSync } from './matrix/sync.ts';
import { createVisitedRooms } from './matrix/visited-rooms.ts';
import type { Secrets } from './secrets.ts';

/** What an installation is made with. */
export type AppSettings = { readonly config: Config; readonly secrets: Secrets; readonly log: Logger };

/** Reaches PostgreSQL and Synapse, and makes Matrix what the nouns see of it. Nothing is connected before `start`. */
export async function createConnections({ config, secrets, log }: AppSettings) {
  const { appserviceToken, homeserverToken, adminToken } = secrets;
  const { url: homeserverUrl, serverName, retention: retentionLimits } = config.homeserver;
  const homeserver = createHomeserverClient({ url: homeserverUrl, appserviceToken, adminToken });
  const intents = await createIntents({
    homeserverUrl,
    serverName,
    registrationId: config.appservice.id,
    appserviceToken,
    homeserverToken,
  });
  const names = createNames(serverName);
  const ghosts = createGhosts({ intents, homeserver });
  const sending = createSending(homeserver);
  const reading = createReading(homeserver);
  const locks = createAdvisoryLocks({ url: config.database.url });
  return {
    database: openDatabase(config.database),
    listener: createListener({ url: config.database.url, log: log.child('listener') }),
    locks,
    alone: createAlone(locks),
    homeserver,
    intents,
    names,
    ghosts,
    sending,
    ownSends: createOwnSends(),
    reading,
    sync: createSync(homeserver),
    conversationRooms: createConversationRooms({ intents, homeserver, serverName, retentionLimits }),
    visitedRooms: createVisitedRooms({ homeserver, sending, reading }),
    companyList: createCompanyList({ homeserver, names }),
    conversationMedia: createConversationMedia({ homeserver, serverName }),
    departmentRooms: createDepartmentRooms({ homeserver, names, retentionLimits }),
    companyRooms: createCompanyRooms({ homeserver, ghosts, names, retentionLimits }),
    media: createCompanyMedia({ homeserver, intents }),
    serviceAccounts: createServiceAccounts({ homeserver, intents }),
  };
}

/** See `createConnections`. */
export type Connections = Awaited<ReturnType<typeof createConnections>>;
