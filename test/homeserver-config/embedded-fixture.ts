import { z } from 'zod';
import { startEmbeddedStack, type EmbeddedStack, type EmbeddedStackOptions } from '../../homeserver-config/embedded/stack.ts';
import { makeStackFolder, removeStackFolder } from '../runner/stack-folder.ts';
import { matrixUser, type MatrixUser } from './matrix-user.ts';

/** A folder for one stack. */
export const makeDataDir = (): string => makeStackFolder('embedded');

/** Takes the folder away. */
export const removeDataDir = removeStackFolder;

/** Starts PostgreSQL and Synapse on free ports; nothing listens where Synapse thinks the appservice is. */
export function startTestStack(dataDir: string, options: Partial<EmbeddedStackOptions> = {}): Promise<EmbeddedStack> {
  return startEmbeddedStack({ dataDir, ...options });
}

const loginSchema = z.object({ access_token: z.string() });
const roomSchema = z.object({ room_id: z.string() });

/** People of the stack's homeserver. */
export function peopleOf(stack: EmbeddedStack) {
  const { url, serverName } = stack.config.homeserver;
  const admin = matrixUser(url, 'admin', stack.secrets.adminToken ?? '');
  return {
    admin,
    /** A person of our server, with a session. */
    async person(name: string): Promise<MatrixUser> {
      const userId = `@${name}:${serverName}`;
      await admin.call('PUT', `/_synapse/admin/v2/users/${encodeURIComponent(userId)}`, { displayname: name });
      const { body } = await admin.call('POST', `/_synapse/admin/v1/users/${encodeURIComponent(userId)}/login`, {});
      return matrixUser(url, userId, loginSchema.parse(body).access_token);
    },
    /** A ghost of the appservice. */
    async ghost(localpart: string): Promise<MatrixUser> {
      const user = matrixUser(url, `@${localpart}:${serverName}`, stack.secrets.appserviceToken, true);
      const body = { type: 'm.login.application_service', username: localpart, inhibit_login: true };
      await matrixUser(url, '', stack.secrets.appserviceToken).call('POST', '/_matrix/client/v3/register', body);
      return user;
    },
  };
}

/** Makes a private room with members who have joined. */
export async function makeRoom(owner: MatrixUser, ...members: readonly MatrixUser[]): Promise<string> {
  const invite = members.map(({ userId }) => userId);
  const { body } = await owner.call('POST', '/_matrix/client/v3/createRoom', { preset: 'private_chat', invite });
  const { room_id: roomId } = roomSchema.parse(body);
  for (const member of members) await member.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/join`, {});
  return roomId;
}

/** Takes somebody out of a room. */
export async function kick(owner: MatrixUser, roomId: string, member: MatrixUser): Promise<number> {
  const { status } = await owner.call('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/kick`, { user_id: member.userId });
  return status;
}
