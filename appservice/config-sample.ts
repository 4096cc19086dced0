import { stringify } from 'yaml';
import { z } from 'zod';
import { configSchema, type Config } from './config.ts';
import { USUAL_MEDIA_TYPES } from './media/media-kind.ts';

/** Values of the sample: a production set-up on one machine. Typed as `Config`, so that a new key without a value does not compile. */
const SAMPLE: Config = {
  profile: 'production',
  publicOrigin: 'https://chat.example.de',
  listen: { host: '127.0.0.1', port: 8090, trustProxy: true },
  brand: { name: 'Smoope', color: '#0b5c6b' },
  dataLocation: { country: 'DE', dataCentre: 'Example data centre, Frankfurt', certificate: 'ISO/IEC 27001, no. 12345' },
  database: { url: 'postgres://smoope@127.0.0.1:5432/smoope', poolSize: 20 },
  homeserver: {
    url: 'http://127.0.0.1:8008',
    publicUrl: 'https://matrix.example.de',
    serverName: 'example.de',
    databaseUrl: 'postgres://synapse@127.0.0.1:5432/synapse',
    metricsPort: 9092,
    trustedKeyServers: [],
    retention: { minDays: 1, maxDays: 3650, defaultDays: 365 },
  },
  appservice: { id: 'smoope', url: 'http://127.0.0.1:8090', buckets: '00-ff' },
  secretsFile: './secrets.json',
  conversations: { poolSize: 3, sessionDays: 90 },
  media: {
    maxBytes: 25 * 1024 * 1024,
    types: [...USUAL_MEDIA_TYPES],
    scanner: { adapter: 'clamd-socket', socket: '/run/clamav/clamd.ctl' },
  },
  contactForm: { attackPerMinute: 30 },
  phones: { countries: ['DE', 'AT', 'CH'], textsPerNetworkAndHour: 30, textsPerNetworkAndDay: 100, reproveDays: 60 },
  sms: {
    adapter: 'gateways',
    first: {
      gateway: 'seven',
      apiKey: 'the-key-of-your-account',
      sender: 'Smoope',
      location: { operator: 'Legal name of seven.io', country: 'DE' },
    },
    second: {
      gateway: 'lox24',
      authToken: '12345:the-key-of-your-account',
      sender: 'Smoope',
      location: { operator: 'Legal name of LOX24', country: 'DE' },
    },
    centsPerText: 7.5,
    centsPerDay: 2_000,
  },
  mail: {
    adapter: 'smtp',
    host: 'mail.example.de',
    port: 465,
    user: 'smoope',
    password: 'the password of this user',
    from: 'chat@example.de',
    location: { operator: 'Example Mail GmbH', country: 'DE' },
  },
  accounts: { unusedMonths: 24 },
  networks: {
    facebook: {
      adapter: 'facebook',
      appId: '1234567890123456',
      appSecret: 'the-secret-of-your-app',
      graphVersion: 'v26.0',
      location: { operator: 'Legal name of Facebook', country: 'IE' },
    },
    google: {
      adapter: 'google',
      clientId: '1234567890-example.apps.googleusercontent.com',
      clientSecret: 'the-secret-of-your-client',
      location: { operator: 'Legal name of Google', country: 'IE' },
    },
    others: [
      {
        name: 'example',
        label: 'Example ID',
        issuer: 'https://id.example.de',
        clientId: 'smoope',
        clientSecret: 'the-secret-of-your-registration',
        hosts: [],
        privacyUrl: 'https://id.example.de/privacy',
        termsUrl: 'https://id.example.de/terms',
        location: { operator: 'Example ID GmbH', country: 'DE' },
      },
    ],
    askMobileNumber: false,
  },
  operator: {
    slug: 'operator',
    name: 'Example Messaging GmbH',
    address: 'Beispielstrasse 1, 60311 Frankfurt',
    email: 'kontakt@example.de',
    phone: '+49 69 0000000',
    representedBy: 'Erika Mustermann',
    register: 'Amtsgericht Frankfurt, HRB 0000',
    dataProtectionOfficer: { name: 'Max Mustermann', email: 'datenschutz@example.de' },
  },
  processingAgreement: { version: '2026-11' },
  log: { level: 'info' },
};

const HEADER = `# Every setting with its meaning, made from the schema by "npm run config:sample". Check a file with "npm run config:check -- FILE".
# An environment variable wins over this file: SMOOPE_DATABASE__POOL_SIZE=20 stands for database.poolSize.
`;

const WIDTH = 138;

type Described = { description?: string | undefined };

/** What a leaf allows, in words; empty where its description says it. */
function allowed(schema: z.ZodType): string {
  const { enum: values, minimum, maximum, exclusiveMinimum } = z.toJSONSchema(schema, { unrepresentable: 'any' });
  if (values !== undefined) return `One of: ${values.join(', ')}.`;
  if (exclusiveMinimum !== undefined && maximum === undefined) return `More than ${exclusiveMinimum}.`;
  return minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}.` : '';
}

/** The variant of a union that fits the value, and a sentence on each variant. */
function variantOf(union: z.ZodDiscriminatedUnion, value: Record<string, unknown>): { fields: z.ZodObject; sentence: string } {
  const variants = union.options.filter((option) => option instanceof z.ZodObject);
  const tagOf = (option: z.ZodObject): z.ZodType => option.shape[union.def.discriminator] as z.ZodType;
  const fields = variants.find((option) => tagOf(option).safeParse(value[union.def.discriminator]).success);
  if (fields === undefined) throw new Error(`the sample has a value of ${union.def.discriminator} that no variant knows`);
  const sentence = variants.map((option) => `${z.toJSONSchema(tagOf(option)).const}: ${tagOf(option).description}`).join(' ');
  return { fields, sentence };
}

function comment(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}# ${word}`);
  }
  return lines.join('\n');
}

function renderFields(fields: z.ZodObject, values: Record<string, unknown>, indent: string): string {
  return Object.entries(fields.shape as Record<string, z.ZodType & Described>)
    .filter(([key]) => values[key] !== undefined)
    .map(([key, schema]) => renderKey(key, schema, values[key], indent))
    .join('\n');
}

function renderKey(key: string, schema: z.ZodType & Described, value: unknown, indent: string): string {
  const sentence = schema.description ?? '';
  const deeper = `${indent}  `;
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const variant = variantOf(schema, value as Record<string, unknown>);
    const text = comment(`${sentence} ${variant.sentence}`, indent);
    return `${text}\n${indent}${key}:\n${renderFields(variant.fields, value as Record<string, unknown>, deeper)}`;
  }
  if (schema instanceof z.ZodObject) {
    return `${comment(sentence, indent)}\n${indent}${key}:\n${renderFields(schema, value as Record<string, unknown>, deeper)}`;
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject && Array.isArray(value)) {
    const fields = schema.element;
    const entries = value.map((entry) => `${indent}  -\n${renderFields(fields, entry as Record<string, unknown>, `${deeper}  `)}`);
    return `${comment(sentence, indent)}\n${indent}${key}:\n${entries.join('\n')}`;
  }
  const text = comment(`${sentence} ${allowed(schema)}`.trim(), indent);
  return `${text}\n${renderValue(key, value).replaceAll(/^/gm, indent)}`;
}

/** A value on its line; a long list has a line for each entry. */
function renderValue(key: string, value: unknown): string {
  if (Array.isArray(value) && value.length > 4) return stringify({ [key]: value }).trim();
  const line = stringify({ [key]: value }, { flowCollectionPadding: false, collectionStyle: 'flow' });
  return line.trim().replace(/^\{(.*)\}$/s, '$1');
}

/** The sample file: every key with its sentence, what it allows, and a value that passes the checks. */
export function renderSample(): string {
  return `${HEADER}${renderFields(configSchema, SAMPLE, '')}\n`;
}
