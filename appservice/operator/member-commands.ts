import { readFileSync } from 'node:fs';
import type { OperatorCommand } from './operator-command.ts';

type Member = { id: string; userId: string; role: string; displayName: string | null; hasPicture: boolean };
type Account = { id: string; name: string; userId: string; issuedAt: number };

const membersOf = (slug = ''): string => `/companies/${encodeURIComponent(slug)}/members`;
const accountsOf = (slug = ''): string => `/companies/${encodeURIComponent(slug)}/service-accounts`;

/** Commands on members and service accounts. */
export const memberCommands: readonly OperatorCommand[] = [
  {
    words: 'member add',
    positional: ['SLUG', 'MATRIX_ID'],
    options: [
      { name: 'role', value: 'agent|admin', help: 'agent by default' },
      { name: 'name', value: 'NAME', help: "name that visitors read; without it the company's name" },
      { name: 'picture', value: 'FILE', help: 'picture that visitors see; "none" takes it away' },
    ],
    help: 'add a member, or change one who is there',
    async run(api, { arguments: { SLUG, MATRIX_ID }, options }) {
      const name = options['name']?.at(-1);
      const picture = options['picture']?.at(-1);
      const body = { userId: MATRIX_ID, role: options['role']?.at(-1) ?? 'agent', ...(name === undefined ? {} : { displayName: name }) };
      const data = (await api.call('POST', membersOf(SLUG), body)) as Member;
      if (picture !== undefined) {
        const image = picture === 'none' ? null : readFileSync(picture).toString('base64');
        await api.call('PUT', `${membersOf(SLUG)}/${encodeURIComponent(data.userId)}/picture`, { image });
      }
      return { data, lines: [`${data.userId} is ${data.role} of ${SLUG}; the invitation is on its way.`] };
    },
  },
  {
    words: 'member remove',
    positional: ['SLUG', 'MATRIX_ID'],
    options: [],
    help: 'remove a member from space, team room and conversations',
    async run(api, { arguments: { SLUG, MATRIX_ID } }) {
      await api.call('DELETE', `${membersOf(SLUG)}/${encodeURIComponent(MATRIX_ID ?? '')}`);
      return { data: {}, lines: [`${MATRIX_ID} is no member of ${SLUG} any more.`] };
    },
  },
  {
    words: 'member list',
    positional: ['SLUG'],
    options: [],
    help: 'list the members of a company',
    async run(api, { arguments: { SLUG } }) {
      const data = (await api.call('GET', membersOf(SLUG))) as { members: Member[] };
      const rows = data.members.map(({ id, userId, role, displayName, hasPicture }) => [
        userId,
        role,
        displayName ?? '-',
        hasPicture ? 'yes' : 'no',
        id,
      ]);
      return { data, table: [['matrix id', 'role', 'name for visitors', 'picture', 'id'], ...rows] };
    },
  },
  {
    words: 'service-account issue',
    positional: ['SLUG', 'NAME'],
    options: [],
    help: 'make a Matrix user for a bot or integration; its access token is shown once',
    async run(api, { arguments: { SLUG, NAME } }) {
      const data = (await api.call('POST', accountsOf(SLUG), { name: NAME })) as Account & { deviceId: string; accessToken: string };
      const { userId, deviceId, accessToken } = data;
      return {
        data,
        table: [
          ['matrix id', userId],
          ['device', deviceId],
          ['access token', accessToken],
          ['', 'It is kept nowhere: note it now.'],
        ],
      };
    },
  },
  {
    words: 'service-account revoke',
    positional: ['SLUG', 'NAME'],
    options: [],
    help: 'end token, device and membership of a service account',
    async run(api, { arguments: { SLUG, NAME } }) {
      await api.call('DELETE', `${accountsOf(SLUG)}/${encodeURIComponent(NAME ?? '')}`);
      return { data: {}, lines: [`The service account ${NAME} of ${SLUG} is revoked.`] };
    },
  },
  {
    words: 'service-account list',
    positional: ['SLUG'],
    options: [],
    help: 'list the service accounts in force',
    async run(api, { arguments: { SLUG } }) {
      const data = (await api.call('GET', accountsOf(SLUG))) as { serviceAccounts: Account[] };
      const rows = data.serviceAccounts.map(({ name, userId, issuedAt }) => [name, userId, new Date(issuedAt).toISOString()]);
      return { data, table: [['name', 'matrix id', 'issued'], ...rows] };
    },
  },
];
