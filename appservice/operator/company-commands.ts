import { readFileSync } from 'node:fs';
import { UsageError } from './operator-arguments.ts';
import type { CommandAnswer, CommandOption, OperatorCommand } from './operator-command.ts';
import { readSettings } from './operator-settings-input.ts';

type Details = {
  slug: string;
  name: string;
  status: string;
  missing: string[];
  userId: string;
  spaceId: string | null;
  teamRoomId: string | null;
  hasLogo: boolean;
  settings: Record<string, unknown>;
  agreement: { version: string; acceptedBy: string; acceptedAt: number } | null;
};

const pathOf = (slug = ''): string => `/companies/${encodeURIComponent(slug)}`;

function described(data: unknown): CommandAnswer {
  const { slug, name, status, missing, userId, spaceId, teamRoomId, hasLogo, settings, agreement } = data as Details;
  const rows: [string, string][] = [
    ['slug', slug],
    ['name', name],
    ['status', missing.length > 0 ? `${status} (missing: ${missing.join(', ')})` : status],
    ['ghost', userId],
    ['space', spaceId ?? '-'],
    ['team room', teamRoomId ?? '-'],
    ['logo', hasLogo ? 'yes' : 'no'],
    [
      'agreement',
      agreement === null ? '-' : `${agreement.version}, ${agreement.acceptedBy}, ${new Date(agreement.acceptedAt).toISOString()}`,
    ],
    ...Object.entries(settings).map(([key, value]): [string, string] => [
      `  ${key}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ];
  return { data, table: [['company', ''], ...rows] };
}

const settingOption: CommandOption = { name: 'set', value: 'KEY=VALUE', help: 'a setting; may be given several times', multiple: true };

function simple(verb: 'suspend' | 'resume' | 'close', help: string): OperatorCommand {
  return {
    words: `company ${verb}`,
    positional: ['SLUG'],
    options: [],
    help,
    run: async (api, { arguments: { SLUG } }) => described(await api.call('POST', `${pathOf(SLUG)}/${verb}`)),
  };
}

/** Commands on companies. */
export const companyCommands: readonly OperatorCommand[] = [
  {
    words: 'company create',
    positional: ['SLUG', 'NAME'],
    options: [settingOption],
    help: 'make a company with its rooms; repeat it to finish what was interrupted',
    run: async (api, { arguments: { SLUG, NAME }, options }) =>
      described(await api.call('POST', '/companies', { slug: SLUG, name: NAME, settings: readSettings(options['set'] ?? []) })),
  },
  {
    words: 'company list',
    positional: [],
    options: [
      { name: 'after', value: 'SLUG', help: 'companies after this one' },
      { name: 'limit', value: 'N', help: 'number of companies, 100 by default' },
    ],
    help: 'list companies',
    async run(api, { options }) {
      const query = new URLSearchParams();
      for (const name of ['after', 'limit']) {
        const value = options[name]?.at(-1);
        if (value !== undefined) query.set(name, value);
      }
      const data = (await api.call('GET', `/companies?${query.toString()}`)) as {
        companies: { slug: string; status: string; name: string }[];
      };
      return { data, table: [['slug', 'status', 'name'], ...data.companies.map(({ slug, status, name }) => [slug, status, name])] };
    },
  },
  {
    words: 'company show',
    positional: ['SLUG'],
    options: [],
    help: 'show a company with its settings and what it still lacks',
    run: async (api, { arguments: { SLUG } }) => described(await api.call('GET', pathOf(SLUG))),
  },
  {
    words: 'company rename',
    positional: ['SLUG', 'NAME'],
    options: [],
    help: 'change the name; the slug stays',
    run: async (api, { arguments: { SLUG, NAME } }) => described(await api.call('PUT', `${pathOf(SLUG)}/name`, { name: NAME })),
  },
  {
    words: 'company set',
    positional: ['SLUG'],
    options: [settingOption, { name: 'logo', value: 'FILE', help: 'PNG, JPEG or WebP of at most 256 kB; "none" takes the logo away' }],
    help: 'change settings and logo; what is not given stays',
    async run(api, { arguments: { SLUG }, options }) {
      const settings = readSettings(options['set'] ?? []);
      const logo = options['logo']?.at(-1);
      if (logo === undefined && Object.keys(settings).length === 0)
        throw new UsageError('nothing to set: give --set KEY=VALUE or --logo FILE');
      if (logo !== undefined)
        await api.call('PUT', `${pathOf(SLUG)}/logo`, { image: logo === 'none' ? null : readFileSync(logo).toString('base64') });
      return described(await api.call('PATCH', `${pathOf(SLUG)}/settings`, settings));
    },
  },
  simple('suspend', 'shut widget and form until resumed'),
  simple('resume', 'end a suspension'),
  simple('close', 'close for good: widget shut, members and service accounts out'),
  {
    words: 'company repair',
    positional: ['SLUG'],
    options: [],
    help: 'put back on Matrix what is missing or differs',
    async run(api, { arguments: { SLUG } }) {
      const data = (await api.call('POST', `${pathOf(SLUG)}/repair`)) as { changed: string[] };
      return {
        data,
        lines: data.changed.length === 0 ? ['Nothing was missing.'] : ['Put back:', ...data.changed.map((code) => `  ${code}`)],
      };
    },
  },
  {
    words: 'company agreement accept',
    positional: ['SLUG'],
    options: [
      { name: 'version', value: 'VERSION', help: 'version of the processing agreement (needed)' },
      { name: 'by', value: 'WHO', help: 'name and function of who accepted (needed)' },
    ],
    help: 'record the acceptance of the processing agreement (GDPR article 28)',
    run: async (api, { arguments: { SLUG }, options }) =>
      described(
        await api.call('POST', `${pathOf(SLUG)}/agreement`, { version: options['version']?.at(-1), acceptedBy: options['by']?.at(-1) }),
      ),
  },
];
