import type { OperatorCommand } from './operator-command.ts';

const companyPath = (slug = ''): string => `/companies/${encodeURIComponent(slug)}`;
const conversationPath = (slug = '', number = ''): string => `${companyPath(slug)}/conversations/${encodeURIComponent(number)}`;

type Key = { id: string; algorithm: string; createdAt: number };
type Field = { key: string; label: string; purpose: string; value: string };
type Week = { week: string; answers: number | null; average: number | null };

const block = (verb: 'block' | 'unblock', method: 'PUT' | 'DELETE', help: string): OperatorCommand => ({
  words: `company ${verb}`,
  positional: ['SLUG', 'NUMBER'],
  options: [],
  help,
  async run(api, { arguments: { SLUG, NUMBER } }) {
    await api.call(method, `${conversationPath(SLUG, NUMBER)}/block`);
    return { data: {}, lines: [`The person of conversation ${NUMBER} is ${verb}ed.`] };
  },
});

/** Commands on the visitors of a company and on what they said of it. */
export const visitorCommands: readonly OperatorCommand[] = [
  block('block', 'PUT', 'take no more messages from the person of a conversation'),
  block('unblock', 'DELETE', 'take messages from the person of a conversation again'),
  {
    words: 'company contact-fields',
    positional: ['SLUG', 'NUMBER'],
    options: [],
    help: 'show what the person of a conversation gave; the look is recorded',
    async run(api, { arguments: { SLUG, NUMBER } }) {
      const data = (await api.call('GET', `${conversationPath(SLUG, NUMBER)}/contact-fields`)) as { fields: Field[] };
      return { data, table: [['field', 'value', 'purpose'], ...data.fields.map(({ label, value, purpose }) => [label, value, purpose])] };
    },
  },
  {
    words: 'company satisfaction',
    positional: ['SLUG'],
    options: [],
    help: 'show how content people were, by week; weeks with fewer than five answers say nothing',
    async run(api, { arguments: { SLUG } }) {
      const data = (await api.call('GET', `${companyPath(SLUG)}/satisfaction`)) as { weeks: Week[] };
      const rows = data.weeks.map(({ week, answers, average }) => [week, answers?.toString() ?? 'too few', average?.toFixed(2) ?? '-']);
      return { data, table: [['week', 'answers', 'average of 1 to 5'], ...rows] };
    },
  },
  {
    words: 'identity-key add',
    positional: ['SLUG'],
    options: [{ name: 'public-key', value: 'JWK', help: 'a public key as JSON (ES256, EdDSA or RS256); without it a secret is made' }],
    help: 'make or take a key with which the company signs who its users are; a secret is shown once',
    async run(api, { arguments: { SLUG }, options }) {
      const given = options['public-key']?.at(-1);
      const body = given === undefined ? {} : { publicKey: JSON.parse(given) as unknown };
      const data = (await api.call('POST', `${companyPath(SLUG)}/identity-keys`, body)) as Key & {
        secret: string | null;
        audience: string;
      };
      const rows = [
        ['id', data.id],
        ['algorithm', data.algorithm],
        ['audience (aud)', data.audience],
        ...(data.secret === null
          ? []
          : [
              ['secret', data.secret],
              ['', 'It is shown nowhere again: note it now.'],
            ]),
      ];
      return { data, table: rows };
    },
  },
  {
    words: 'identity-key list',
    positional: ['SLUG'],
    options: [],
    help: 'list the keys in force',
    async run(api, { arguments: { SLUG } }) {
      const data = (await api.call('GET', `${companyPath(SLUG)}/identity-keys`)) as { keys: Key[] };
      const rows = data.keys.map(({ id, algorithm, createdAt }) => [id, algorithm, new Date(createdAt).toISOString()]);
      return { data, table: [['id', 'algorithm', 'made'], ...rows] };
    },
  },
  {
    words: 'identity-key revoke',
    positional: ['SLUG', 'ID'],
    options: [],
    help: 'end a key at once',
    async run(api, { arguments: { SLUG, ID } }) {
      await api.call('DELETE', `${companyPath(SLUG)}/identity-keys/${encodeURIComponent(ID ?? '')}`);
      return { data: {}, lines: [`The key ${ID} is revoked.`] };
    },
  },
];
