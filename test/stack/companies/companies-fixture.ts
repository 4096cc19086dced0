import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { wireCompanies, type Companies } from '../../../appservice/app-companies.ts';
import { createConnections, type Connections } from '../../../appservice/app-connections.ts';
import type { Company } from '../../../appservice/companies/company.ts';
import { loadConfig, type Config } from '../../../appservice/config.ts';
import type { RoomId, UserId } from '../../../appservice/ids.ts';
import { createLogger } from '../../../appservice/logger.ts';
import { createCompanyRooms } from '../../../appservice/matrix/company-rooms.ts';
import { createGhosts } from '../../../appservice/matrix/ghosts.ts';
import { HomeserverUnavailable, matrixPath, MatrixError, type HomeserverClient } from '../../../appservice/matrix/homeserver-client.ts';
import { createServiceAccounts } from '../../../appservice/matrix/service-accounts.ts';
import { loadSecrets } from '../../../appservice/secrets.ts';

/** A Matrix user as an ordinary client has it. */
export type Person = {
  readonly userId: UserId;
  /** A call with the user's own token; a refusal is returned as its error code. */
  call(
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; errcode: string | undefined; body: unknown }>;
};

/** Companies on the shared stack: our services with the stack's database and homeserver. */
export type CompaniesOnStack = {
  readonly config: Config;
  readonly connections: Connections;
  readonly companies: Companies;
  /** The same services on a homeserver client that a test has changed. */
  withHomeserver(change: (homeserver: HomeserverClient) => HomeserverClient): Companies;
  newPerson(): Promise<Person>;
  /** Somebody whose access token is known. */
  personWith(userId: UserId, token: string): Person;
  close(): Promise<void>;
};

/** A slug that no other suite on the stack uses. */
export const newSlug = (): string => `t${randomBytes(5).toString('hex')}`;

/** Opens the stack that SMOOPE_STACK names. */
export async function openCompaniesOnStack(): Promise<CompaniesOnStack> {
  const file = process.env['SMOOPE_STACK'];
  if (file === undefined) throw new Error('SMOOPE_STACK does not name a running stack');
  const config = loadConfig(join(dirname(file), 'config.yaml'), {});
  const secrets = loadSecrets(join(dirname(file), config.secretsFile));
  const settings = { config, secrets, log: createLogger({ level: 'silent' }) };
  const connections = await createConnections(settings);
  const url = config.homeserver.url;

  function personWith(userId: UserId, token: string): Person {
    return {
      userId,
      async call(method, path, body) {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
        });
        const answer = (await response.json()) as { errcode?: string };
        return { status: response.status, errcode: answer.errcode, body: answer };
      },
    };
  }

  return {
    config,
    connections,
    companies: wireCompanies(settings, connections),
    withHomeserver(change) {
      const homeserver = change(connections.homeserver);
      const { names, intents } = connections;
      const ghosts = createGhosts({ intents, homeserver });
      const companyRooms = createCompanyRooms({ homeserver, ghosts, names, retentionLimits: config.homeserver.retention });
      return wireCompanies(settings, {
        ...connections,
        homeserver,
        ghosts,
        companyRooms,
        serviceAccounts: createServiceAccounts({ homeserver, intents }),
      });
    },
    personWith,
    async newPerson() {
      const userId = `@p${randomBytes(6).toString('hex')}:${config.homeserver.serverName}` as UserId;
      await connections.homeserver.admin({ method: 'PUT', path: matrixPath`/_synapse/admin/v2/users/${userId}`, body: { admin: false } });
      const login = await connections.homeserver.admin({
        method: 'POST',
        path: matrixPath`/_synapse/admin/v1/users/${userId}/login`,
        body: {},
      });
      return personWith(userId, (login as { access_token: string }).access_token);
    },
    async close() {
      await connections.locks.stop();
      await connections.database.destroy();
      // The bridge library keeps a timer of its own for ever; a suite has said its result long before this.
      setTimeout(() => process.exit(), 3_000).unref();
    },
  };
}

/** Hooks of a suite that works on the stack. */
export const onStack = {
  async open(context: { stack: CompaniesOnStack }): Promise<void> {
    context.stack = await openCompaniesOnStack();
  },
  async close({ stack }: { stack: CompaniesOnStack }): Promise<void> {
    await stack.close();
  },
};

/** A company with its rooms. */
export async function makeCompany(companies: Companies, settings: Record<string, unknown> = {}): Promise<Company> {
  const { company } = await companies.service.create('system', { slug: newSlug(), name: 'Test & Söhne', settings });
  return company;
}

/** Space and team room of a company; throws where they are missing. */
export function roomsOf(company: Company): { space: RoomId; team: RoomId } {
  if (company.spaceRoomId === null || company.teamRoomId === null) throw new Error('the company has no rooms');
  return { space: company.spaceRoomId, team: company.teamRoomId };
}

/** Content of a state event as the company's ghost reads it; undefined where there is none. */
export async function stateOf(
  connections: Connections,
  company: Pick<Company, 'userId'>,
  roomId: RoomId,
  type: string,
  key = '',
): Promise<Record<string, unknown> | undefined> {
  try {
    const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/state/${type}/${key}`;
    return (await connections.homeserver.request({ method: 'GET', path, as: { userId: company.userId } })) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof MatrixError && error.status === 404) return undefined;
    throw error;
  }
}

/** A membership as the company's ghost reads it. */
export async function membershipOf(
  connections: Connections,
  company: Pick<Company, 'userId'>,
  roomId: RoomId,
  userId: UserId,
): Promise<unknown> {
  return (await stateOf(connections, company, roomId, 'm.room.member', userId))?.['membership'];
}

/**
 * A homeserver that is lost when it has carried out `n` changes: the answer to the last one does not arrive, and everything
 * later fails too, as for a process that died there. 0: not even the first one arrives.
 */
export function losing(homeserver: HomeserverClient, n: number): HomeserverClient & { readonly changes: () => number } {
  let changes = 0;
  return {
    ...homeserver,
    changes: () => changes,
    async request(request) {
      const isChange = request.method !== 'GET';
      if (isChange) changes += 1;
      if (changes > n) throw new HomeserverUnavailable('lost by the test');
      const answer = await homeserver.request(request);
      if (isChange && changes === n) throw new HomeserverUnavailable('lost by the test');
      return answer;
    },
  };
}
