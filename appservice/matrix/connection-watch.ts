import type { Logger } from '../logger.ts';
import { matrixPath, type HomeserverClient } from './homeserver-client.ts';

type Dependencies = {
  readonly homeserver: HomeserverClient;
  readonly registrationId: string;
  /** Called once the homeserver reaches us after it did not, also at start-up. */
  readonly onConnected: () => Promise<void>;
  /** Called on each round while all is well. */
  readonly onWell: () => Promise<void>;
  readonly log: Logger;
};

/** Rounds while all is well, and while it is not, in milliseconds. */
const WELL_MS = 10_000;
const UNWELL_MS = 1_000;

/**
 * Watches the connection to the homeserver. Synapse marks an appservice down after one failed delivery and waits up to minutes;
 * only a ping (https://spec.matrix.org/v1.15/application-service-api/#pinging) makes it deliver at once.
 */
export function createConnectionWatch({ homeserver, registrationId, onConnected, onWell, log }: Dependencies) {
  let connected = false;
  let stopped = false;
  // There is one round at a time and one timer; a second of either would never end.
  let isRunning = false;
  let timer: NodeJS.Timeout | undefined;

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void round(), ms);
  }

  async function round(): Promise<void> {
    isRunning = true;
    try {
      if (connected) {
        await onWell();
      } else {
        await homeserver.request({ method: 'POST', path: matrixPath`/_matrix/client/v1/appservice/${registrationId}/ping`, body: {} });
        connected = true;
        log.info('homeserver_connected');
        await onConnected();
      }
    } catch (cause) {
      if (connected) log.warn('homeserver_lost', {}, cause);
      connected = false;
    }
    isRunning = false;
    schedule(connected ? WELL_MS : UNWELL_MS);
  }

  return {
    start: () => void round(),
    /** Looks again soon: something said that the homeserver is away. */
    doubt(): void {
      if (!connected) return;
      connected = false;
      if (!isRunning) schedule(UNWELL_MS);
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
