import { wireCompanies } from './app-companies.ts';
import { createConnections, type AppSettings } from './app-connections.ts';
import { wireConversations } from './app-conversations.ts';
import { wireFrontDoor } from './app-front-door.ts';
import { wireHttp } from './app-http.ts';
import { wireMatrix } from './app-matrix.ts';
import { createReceivingStore } from './matrix/receiving-store.ts';
import { createEventStreams } from './http/event-stream.ts';
import { createMetrics } from './http/metrics.ts';

/** A whole appservice. */
export type App = {
  /** Listens, then connects to the homeserver in the background; resolves once requests are answered. */
  start(): Promise<void>;
  /** Ends in reverse order; what was begun is finished. */
  stop(): Promise<void>;
};

const HOUR_MS = 3_600_000;

/** A transaction that is repeated later than this is not the homeserver's retry of one we know. */
const TRANSACTIONS_KEPT_MS = 7 * 24 * HOUR_MS;

/** Wires everything, noun by noun, each of which knows only what it is handed here. */
export async function createApp(settings: AppSettings): Promise<App> {
  const { config, log } = settings;
  const metrics = createMetrics();
  const streams = createEventStreams({ onCount: metrics.setStreamsOpen });
  const connections = await createConnections(settings);
  const companies = wireCompanies(settings, connections);
  const frontDoor = wireFrontDoor(settings, connections, companies);
  const conversations = wireConversations(settings, connections, companies, frontDoor, streams);
  const matrix = wireMatrix(settings, connections, companies, conversations, frontDoor, metrics);
  const server = wireHttp(settings, connections, { companies, conversations, matrix, metrics, streams });
  const { database, intents, listener, locks } = connections;

  async function keepHouse(): Promise<void> {
    await conversations.sessions.deleteExpiredTickets();
    await createReceivingStore(database).deleteTransactions(new Date(Date.now() - TRANSACTIONS_KEPT_MS));
    await frontDoor.forgetLeft();
  }
  const housekeeping = setInterval(() => void keepHouse().catch((cause: unknown) => log.warn('housekeeping_failed', {}, cause)), HOUR_MS);
  housekeeping.unref();

  /** The operator's own company and rooms that a crash left half made; the homeserver may still be starting. */
  async function finishCompanies(): Promise<void> {
    try {
      await companies.ensureOperator();
      await companies.provisioning.resume();
    } catch (cause) {
      log.warn('companies_not_finished', {}, cause);
      setTimeout(() => void finishCompanies(), 5_000).unref();
    }
  }

  return {
    async start() {
      await listener.start();
      await server.listen(config.listen);
      matrix.outbox.start();
      matrix.watch.start();
      frontDoor.start();
      void finishCompanies();
    },
    async stop() {
      clearInterval(housekeeping);
      frontDoor.stop();
      matrix.watch.stop();
      matrix.gapReader.stop();
      await server.close();
      await matrix.outbox.stop();
      await conversations.pool.settle();
      await intents.close();
      await locks.stop();
      await listener.stop();
      await database.destroy();
    },
  };
}
