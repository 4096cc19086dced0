import { companyCommands } from './company-commands.ts';
import { departmentCommands } from './department-commands.ts';
import { memberCommands } from './member-commands.ts';
import { visitorCommands } from './visitor-commands.ts';
import type { OperatorCommand } from './operator-command.ts';

const auditList: OperatorCommand = {
  words: 'audit list',
  positional: [],
  options: [
    { name: 'company', value: 'SLUG', help: 'only lines of this company' },
    { name: 'before', value: 'ID', help: 'older than this line' },
    { name: 'limit', value: 'N', help: 'number of lines, 100 by default' },
  ],
  help: 'show the audit log, newest first',
  async run(api, { options }) {
    const query = new URLSearchParams();
    for (const name of ['company', 'before', 'limit']) {
      const value = options[name]?.at(-1);
      if (value !== undefined) query.set(name, value);
    }
    type Entry = { id: number; at: number; actor: string; action: string; companyId: string | null; detail: Record<string, unknown> };
    const data = (await api.call('GET', `/audit?${query.toString()}`)) as { entries: Entry[] };
    const rows = data.entries.map(({ id, at, actor, action, detail }) => [
      String(id),
      new Date(at).toISOString(),
      actor,
      action,
      JSON.stringify(detail),
    ]);
    return { data, table: [['id', 'at', 'actor', 'action', 'detail'], ...rows] };
  },
};

/** Every command that speaks to the API. */
export const OPERATOR_COMMANDS: readonly OperatorCommand[] = [
  ...companyCommands,
  ...memberCommands,
  ...departmentCommands,
  ...visitorCommands,
  auditList,
];
