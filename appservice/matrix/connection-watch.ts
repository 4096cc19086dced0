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
  let timer: NodeJS.Timeout | undefined;

  async function round(): Promise<void> {
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
    if (stopped) return;
    timer = setTimeout(() => void round(), connected ? WELL_MS : UNWELL_MS);
  }

  return {
    start: () => void round(),
    /** Looks again at once: something said that the homeserver is away. */
    doubt(): void {
      if (!connected || stopped) return;
      connected = false;
      clearTimeout(timer);
      timer = setTimeout(() => void round(), UNWELL_MS);
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
