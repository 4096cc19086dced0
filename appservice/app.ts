import { randomUUID } from 'node:crypto';
import { wireAccounts } from './app-accounts.ts';
import { wireAgentInvitations } from './app-agent-invitations.ts';
import { wireApiSessions } from './app-api-sessions.ts';
import { wireCompanies } from './app-companies.ts';
import { createConnections, type AppSettings } from './app-connections.ts';
import { wireContactForm } from './app-contact-form.ts';
import { wireContinuations } from './app-continuations.ts';
import { wireConversations } from './app-conversations.ts';
import { wireCustomers } from './app-customers.ts';
import { wireFrontDoor } from './app-front-door.ts';
import { createHousekeeping } from './app-housekeeping.ts';
import { wireHttp } from './app-http.ts';
import { wireInbox } from './app-inbox.ts';
import { wireManagement } from './app-management.ts';
import { wireMatrix } from './app-matrix.ts';
import { wireTeam } from './app-team.ts';
import { wireNetworks } from './app-networks.ts';
import { wireNotifications } from './app-notifications.ts';
import { wirePhones } from './app-phones.ts';
import { wireErasure } from './app-erasure.ts';
import { wirePages } from './app-pages.ts';
import { wirePasskeys } from './app-passkeys.ts';
import { wireProfiles } from './app-profiles.ts';
import { wireVisitors } from './app-visitors.ts';
import { createJobs } from './database/jobs.ts';
import { wireMedia } from './app-media.ts';
import { createEventStreams } from './http/event-stream.ts';
import type { OutboxSettings } from './notifications/outbox-adapter.ts';
import { createMetrics } from './http/metrics.ts';
import { ERASURE_JOB } from './privacy/erasure-work.ts';

/** A whole appservice. */
export type App = {
  /** Listens, then connects to the homeserver in the background; resolves once requests are answered. */
  start(): Promise<void>;
  /** Ends in reverse order; what was begun is finished. */
  stop(): Promise<void>;
};

const HOUR_MS = 3_600_000;

/** Wires everything, noun by noun, each of which knows only what it is handed here. */
export async function createApp(settings: AppSettings & OutboxSettings): Promise<App> {
  const { config, log } = settings;
  const metrics = createMetrics();
  const streams = createEventStreams({ onCount: metrics.setStreamsOpen });
  const connections = await createConnections(settings);
  const companies = wireCompanies(settings, connections);
  const processId = randomUUID();
  const visitors = wireVisitors(settings, connections, companies);
  const frontDoor = wireFrontDoor(settings, connections, companies);
  const team = wireTeam(settings, connections, companies, visitors, processId);
  const conversations = wireConversations(settings, connections, companies, team, visitors, frontDoor, { streams, processId });
  const phones = wirePhones(settings, connections, metrics);
  const media = wireMedia(settings, connections, conversations);
  const pages = wirePages(config, { publicOrigin: config.publicOrigin, connectTo: [new URL(config.homeserver.publicUrl).origin] });
  const accounts = wireAccounts(settings, connections, phones, pages.signIn);
  const passkeys = wirePasskeys(settings, connections, accounts);
  // Profiles are not erased by themselves yet; what was asked for is kept, for whoever does it, and the page says how far it is.
  const requestErasure = async (): Promise<void> => undefined;
  const networks = wireNetworks(settings, connections, { accounts, phones, pages: pages.networks, requestErasure });
  const profiles = wireProfiles(settings, connections, accounts, media, { renderShell: pages.signIn.signIn, requestErasure });
  const apiSessions = wireApiSessions(settings, connections, companies);
  const customers = wireCustomers(connections, companies, frontDoor, conversations, pages.app);
  const inbox = wireInbox(settings, connections, companies, apiSessions, team, conversations, visitors);
  const management = wireManagement(settings, connections, companies, apiSessions);
  const notifications = wireNotifications(settings, phones);
  const agentInvitations = wireAgentInvitations(settings, connections, companies, accounts, apiSessions, notifications);
  const continuations = wireContinuations(settings, connections, companies, accounts);
  const contactForm = wireContactForm(settings, connections, companies, conversations, notifications);
  const matrix = wireMatrix(
    settings,
    connections,
    companies,
    conversations,
    team,
    visitors,
    accounts,
    media,
    frontDoor,
    contactForm,
    continuations,
    agentInvitations,
    profiles,
    metrics,
  );
  const erasures = wireErasure(settings, connections, companies, media, async (erasureId) =>
    // One that is not asked for now is found by the look for unfinished ones.
    jobs.send(ERASURE_JOB, { erasureId }).catch((cause: unknown) => log.warn('erasure_not_begun', { jobId: erasureId }, cause)),
  );
  const server = wireHttp(settings, connections, {
    companies,
    conversations,
    visitors,
    accounts,
    passkeys,
    networks,
    profiles,
    apiSessions,
    customers,
    inbox,
    continuations,
    agentInvitations,
    erasures,
    contactForm: contactForm.service,
    media,
    team,
    management,
    matrix,
    pages,
    metrics,
    streams,
  });
  const declarations = [...team.jobs(conversations.publisher.publish), ...erasures.work.jobs, ...contactForm.jobs];
  const jobs = createJobs({ url: config.database.url, log: log.child('jobs'), declarations });
  const { database, intents, listener, locks } = connections;

  const housekeeping = createHousekeeping({
    database,
    sessions: conversations.sessions,
    visitors,
    accounts,
    passkeys,
    networks,
    profiles,
    apiSessions: apiSessions.sessions,
    agentInvitations,
    uploads: media.uploads,
    contactForm: contactForm.service,
    phones,
    log,
  });

  /** The operator's own company and rooms that a crash left half made; the homeserver may still be starting. */
  async function finishCompanies(waitMs = 5_000): Promise<void> {
    let isDone = false;
    try {
      await companies.ensureOperator();
      isDone = (await companies.provisioning.resume()) && (await team.provisioning.resume());
    } catch (cause) {
      log.warn('companies_not_finished', {}, cause);
    }
    if (!isDone) setTimeout(() => void finishCompanies(Math.min(2 * waitMs, HOUR_MS)), waitMs).unref();
  }

  return {
    async start() {
      await listener.start();
      await server.listen(config.listen);
      matrix.outbox.start();
      matrix.watch.start();
      await jobs.start();
      frontDoor.start();
      housekeeping.start();
      void finishCompanies();
    },
    async stop() {
      housekeeping.stop();
      frontDoor.stop();
      await jobs.stop();
      matrix.watch.stop();
      matrix.gapReader.stop();
      await server.close();
      await matrix.outbox.stop();
      await matrix.ephemeral.settle();
      await conversations.pool.settle();
      await intents.close();
      await locks.stop();
      await listener.stop();
      await database.destroy();
    },
  };
}
