import type { OperatorCommand } from './operator-command.ts';

type Department = { key: string; name: string; inboxRoomId: string | null; archived: boolean; members: string[] };

const departmentsOf = (slug = ''): string => `/companies/${encodeURIComponent(slug)}/departments`;
const pathOf = (slug = '', key = ''): string => `${departmentsOf(slug)}/${encodeURIComponent(key)}`;

/** Commands on departments. */
export const departmentCommands: readonly OperatorCommand[] = [
  {
    words: 'department create',
    positional: ['SLUG', 'KEY', 'NAME'],
    options: [],
    help: 'make a department with its rooms; repeat it to finish what was interrupted',
    async run(api, { arguments: { SLUG, KEY, NAME } }) {
      const data = (await api.call('POST', departmentsOf(SLUG), { key: KEY, name: NAME })) as Department;
      return { data, lines: [`${data.name} (${data.key}) is a department of ${SLUG}.`] };
    },
  },
  {
    words: 'department list',
    positional: ['SLUG'],
    options: [],
    help: 'list the departments of a company',
    async run(api, { arguments: { SLUG } }) {
      const data = (await api.call('GET', departmentsOf(SLUG))) as { departments: Department[] };
      const rows = data.departments.map(({ key, name, archived, members }) => [key, name, archived ? 'archived' : '', members.join(' ')]);
      return { data, table: [['key', 'name', '', 'members'], ...rows] };
    },
  },
  {
    words: 'department rename',
    positional: ['SLUG', 'KEY', 'NAME'],
    options: [],
    help: 'change the name; the key stays',
    async run(api, { arguments: { SLUG, KEY, NAME } }) {
      await api.call('PUT', `${pathOf(SLUG, KEY)}/name`, { name: NAME });
      return { data: {}, lines: [`${KEY} of ${SLUG} is called ${NAME}.`] };
    },
  },
  {
    words: 'department archive',
    positional: ['SLUG', 'KEY'],
    options: [],
    help: 'take a department out of use',
    async run(api, { arguments: { SLUG, KEY } }) {
      await api.call('POST', `${pathOf(SLUG, KEY)}/archive`);
      return { data: {}, lines: [`${KEY} of ${SLUG} is archived.`] };
    },
  },
  {
    words: 'department member add',
    positional: ['SLUG', 'KEY', 'MATRIX_ID'],
    options: [],
    help: 'add a member of the company to a department',
    async run(api, { arguments: { SLUG, KEY, MATRIX_ID } }) {
      await api.call('PUT', `${pathOf(SLUG, KEY)}/members/${encodeURIComponent(MATRIX_ID ?? '')}`);
      return { data: {}, lines: [`${MATRIX_ID} is in ${KEY} of ${SLUG}; the invitation is on its way.`] };
    },
  },
  {
    words: 'department member remove',
    positional: ['SLUG', 'KEY', 'MATRIX_ID'],
    options: [],
    help: 'remove a member from a department and its conversations',
    async run(api, { arguments: { SLUG, KEY, MATRIX_ID } }) {
      await api.call('DELETE', `${pathOf(SLUG, KEY)}/members/${encodeURIComponent(MATRIX_ID ?? '')}`);
      return { data: {}, lines: [`${MATRIX_ID} is not in ${KEY} of ${SLUG} any more.`] };
    },
  },
];
