import { AppServiceRegistration, Bridge, Logger } from 'matrix-appservice-bridge';
import type { Intent } from 'matrix-appservice-bridge';
import type { UserId } from '../ids.ts';
import { HomeserverUnavailable, MatrixError } from './homeserver-client.ts';

/** Registration, membership, profiles and state as a ghost of ours; sending is `matrix/sending.ts` (design 4). */
export type Intents = {
  /** The ghost's view; every call registers it first where needed. */
  of(userId: UserId): Intent;
  /** Ends the timers of the library; a process would not end by itself otherwise. */
  close(): Promise<void>;
};

type Settings = {
  readonly homeserverUrl: string;
  readonly serverName: string;
  readonly registrationId: string;
  readonly appserviceToken: string;
  readonly homeserverToken: string;
};

/**
 * Prepares the bridge library without its listener, stores and power checks: transactions arrive at our own route, the library
 * does not know that a creator of room version 12 stands above all powers.
 */
export async function createIntents(settings: Settings): Promise<Intents> {
  // Its log would carry user ids and addresses.
  Logger.configure({ console: 'off' });
  const registration = AppServiceRegistration.fromObject({
    id: settings.registrationId,
    url: 'http://127.0.0.1',
    as_token: settings.appserviceToken,
    hs_token: settings.homeserverToken,
    sender_localpart: 'smoope',
    namespaces: { users: [{ exclusive: true, regex: '@(company|visitor|service)_[0-9a-f]{2}_.*' }], rooms: [], aliases: [] },
  });
  if (registration === null) throw new Error('the registration of the appservice is incomplete');
  const bridge = new Bridge({
    homeserverUrl: settings.homeserverUrl,
    domain: settings.serverName,
    registration,
    disableStores: true,
    disableContext: true,
    logRequestOutcome: false,
    controller: { onEvent: () => undefined },
    intentOptions: { bot: { dontCheckPowerLevel: true }, clients: { dontCheckPowerLevel: true } },
  });
  await bridge.initialise();
  return { of: (userId) => bridge.getIntent(userId), close: () => bridge.close() };
}

/** Runs a call of the bridge library and turns its errors into ours, so that callers know one kind. */
export async function viaBridge<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    const { statusCode, errcode, error } = (cause ?? {}) as { statusCode?: number; errcode?: string; error?: string };
    if (statusCode === undefined || statusCode >= 500) throw new HomeserverUnavailable('the homeserver does not answer', { cause });
    throw new MatrixError(statusCode, errcode ?? 'M_UNKNOWN', error ?? '');
  }
}
