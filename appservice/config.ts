import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { accountSettings } from './accounts/account-settings.ts';
import { applyEnvironment } from './config-environment.ts';
import { MEDIA_TYPES } from './media/media-kind.ts';
import { networkSettings, unfitForProduction } from './networks/network-settings.ts';
import { phoneSettings } from './phones/phone-settings.ts';
import { country, recipientLocation } from './recipient-location.ts';
import { smsSettings } from './sms/sms-settings.ts';

const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (value) => URL.parse(value)?.origin === value,
    'must be an origin like https://chat.example.de, without path or slash at the end',
  );

const httpUrl = z.url({ protocol: /^https?$/ });

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #0b5c6b');

const serverName = z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'must be a Matrix server name like example.de or localhost:8448');

/**
 * Every setting of the appservice. The file `config.sample.yaml` and the checks of `npm run config:check` come from here;
 * a key without `.describe()` fails a test.
 */
export const configSchema = z
  .strictObject({
    profile: z
      .enum(['embedded', 'production'])
      .describe('embedded: PostgreSQL and Synapse are started by npm start; production: both are reached by the addresses below.'),
    publicOrigin: origin.describe('Origin under which people reach this service; pages, widget and API live there.'),
    listen: z
      .strictObject({
        host: z.string().min(1).describe('Address to listen on; a proxy in front ends TLS.'),
        port: z.int().min(1).max(65535).describe('Port to listen on.'),
        trustProxy: z.boolean().describe('Whether X-Forwarded-For of a proxy in front is believed for rate limits.'),
      })
      .describe('Where the HTTP server listens.'),
    brand: z
      .strictObject({
        name: z.string().min(1).max(60).describe('Name of the service on pages, in texts and in mails.'),
        color: colour.describe('Brand colour of pages that belong to no company.'),
      })
      .describe('How the service calls itself.'),
    dataLocation: z
      .strictObject({
        country: country.describe('Country in which all data lives; adapters elsewhere must be named by their own location.'),
        dataCentre: z.string().min(1).describe('Name and town of the data centre.'),
        certificate: z.string().min(1).describe('Certificate of the data centre, for example ISO/IEC 27001, with its number.'),
      })
      .describe('Where data lives (R2); stands in notices and processing agreements.'),
    database: z
      .strictObject({
        url: z.url({ protocol: /^postgres(ql)?$/ }).describe('PostgreSQL of the appservice; not the database of Synapse.'),
        poolSize: z.int().min(2).max(100).describe('Connections to PostgreSQL held by one process.'),
      })
      .describe('Database of the appservice.'),
    homeserver: z
      .strictObject({
        url: httpUrl.describe('Client-server API of Synapse as the appservice reaches it.'),
        publicUrl: httpUrl.describe('Client-server API of Synapse as people reach it with a Matrix client.'),
        serverName: serverName.describe('Server name: the part behind the colon of every Matrix id; fixed for ever.'),
        databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }).describe('PostgreSQL of Synapse; only its configuration is rendered from it.'),
        metricsPort: z.int().min(1).max(65535).describe('Port of Synapse on the loopback address where Prometheus reads its figures.'),
        trustedKeyServers: z
          .array(serverName)
          .describe('Servers asked for signing keys of other servers; empty: only the servers themselves.'),
        retention: z
          .strictObject({
            minDays: z.number().positive().describe('Shortest life of a message that a company may set, in days.'),
            maxDays: z.number().positive().describe('Longest life of a message that a company may set, in days.'),
            defaultDays: z.number().positive().describe('Life of a message where nobody set one, in days.'),
          })
          .refine((value) => value.minDays <= value.defaultDays && value.defaultDays <= value.maxDays, {
            path: ['defaultDays'],
            error: 'must lie between minDays and maxDays',
          })
          .describe("The operator's limits of retention (R23)."),
      })
      .describe('The homeserver.'),
    appservice: z
      .strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9-]+$/, 'must be small letters, digits and hyphens')
          .describe('Id of the registration at Synapse.'),
        url: httpUrl.describe('Address under which Synapse reaches this appservice.'),
        buckets: z
          .string()
          .regex(/^[0-9a-f]{2}-[0-9a-f]{2}$/, 'must be a range like 00-ff')
          .describe('Buckets of companies that this registration owns; one registration: 00-ff.'),
      })
      .describe('The registration at the homeserver.'),
    secretsFile: z.string().min(1).describe('File with all secrets, made once with mode 600; path relative to the config file.'),
    conversations: z
      .strictObject({
        poolSize: z.int().min(0).max(50).describe('Rooms made in advance for each company whose panel people open.'),
        sessionDays: z.int().min(1).max(400).describe('Life of a visitor session after its last use, in days.'),
      })
      .describe('Conversations of visitors.'),
    media: z
      .strictObject({
        maxBytes: z
          .int()
          .min(64 * 1024)
          .max(200 * 1024 * 1024)
          .describe('Most octets of a file; proxy and homeserver follow it. A process holds a few files of this size in memory.'),
        types: z
          .array(z.enum(MEDIA_TYPES))
          .describe(
            'Media types that visitors may send, found from the content; application/octet-stream stands for all that is not known.',
          ),
        scanner: z
          .discriminatedUnion('adapter', [
            z.strictObject({ adapter: z.literal('none').describe('Files are not scanned.') }),
            z.strictObject({
              adapter: z.literal('clamd-socket').describe('clamd on this machine.'),
              socket: z.string().min(1).describe('Path of the socket of clamd.'),
            }),
            z.strictObject({
              adapter: z.literal('clamd-tcp').describe('clamd in our own network.'),
              host: z.string().min(1).describe('Host on which clamd listens.'),
              port: z.int().min(1).max(65535).describe('Port on which clamd listens.'),
            }),
          ])
          .describe(
            'Virus scanner for what visitors upload, and for every file before a visitor gets it. It does not see what customers and agents send each other with Matrix clients. Its StreamMaxLength must not be less than maxBytes.',
          ),
      })
      .describe('Files of conversations.'),
    contactForm: z
      .strictObject({
        attackPerMinute: z
          .int()
          .min(1)
          .max(10_000)
          .describe("More forms of one company than this in a minute are taken for an attack: each must then show a second's work."),
      })
      .describe('Contact forms of companies.'),
    phones: phoneSettings.describe('Which mobile numbers may register, and how many texts go out for whom.'),
    sms: smsSettings.describe('How short messages are sent.'),
    mail: z
      .discriminatedUnion('adapter', [
        z.strictObject({ adapter: z.literal('none').describe('No mail is sent.') }),
        z.strictObject({ adapter: z.literal('outbox').describe('Mails appear on the terminal; development only.') }),
        z.strictObject({
          adapter: z.literal('smtp').describe('Mail goes to an SMTP server.'),
          host: z.string().min(1).describe('Host of the SMTP server.'),
          port: z.int().min(1).max(65535).describe('Port of the SMTP server: 465 for TLS from the beginning, else STARTTLS is required.'),
          user: z.string().min(1).optional().describe('User at the SMTP server; absent: it takes mail from this machine without.'),
          password: z.string().min(1).optional().describe('Password of the user.'),
          from: z.email().describe('Sender of every mail.'),
          location: recipientLocation.describe('Who runs the SMTP server, and where.'),
        }),
      ])
      .describe('How mail is sent; mail never carries content of conversations (R1).'),
    accounts: accountSettings.describe('Accounts of customers and agents.'),
    networks: networkSettings.describe('Networks with whose accounts people sign in; each is a recipient outside this service.'),
    operator: z
      .strictObject({
        slug: z
          .string()
          .regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be 2 to 31 small letters, digits and hyphens, a letter first')
          .describe('Slug of the company that the operator is on its own service (R25).'),
        name: z.string().min(1).max(120).describe('Legal name of the operator.'),
        address: z.string().min(1).describe('Postal address of the operator.'),
        email: z.email().describe('Contact by mail for the imprint.'),
        phone: z.string().min(1).describe('Contact by phone for the imprint.'),
        representedBy: z.string().min(1).describe('Who represents the operator (DDG section 5).'),
        register: z.string().min(1).describe('Register and number, or "none".'),
        dataProtectionOfficer: z
          .strictObject({
            name: z.string().min(1).describe('Name of the data protection officer.'),
            email: z.email().describe('Mail address of the data protection officer.'),
          })
          .describe('Data protection officer (R21).'),
      })
      .describe('Legal data of the operator, for imprint and notices.'),
    processingAgreement: z
      .strictObject({
        version: z.string().min(1).describe('Version of the processing agreement that companies accept now (R11).'),
      })
      .describe('Processing agreement with companies (GDPR article 28).'),
    log: z
      .strictObject({
        level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).describe('Least severity that is written.'),
      })
      .describe('Log of the appservice; its fields are an allow-list.'),
  })
  .superRefine((config, context) => {
    if (config.mail.adapter === 'smtp' && (config.mail.user === undefined) !== (config.mail.password === undefined)) {
      const missing = config.mail.user === undefined ? 'user' : 'password';
      context.addIssue({ code: 'custom', path: ['mail', missing], message: 'must be given where the other of user and password is' });
    }
    for (const way of ['sms', 'mail'] as const) {
      if (config.profile !== 'production' || config[way].adapter !== 'outbox') continue;
      context.addIssue({ code: 'custom', path: [way, 'adapter'], message: 'outbox is for development and refused in production' });
    }
    if (config.sms.adapter === 'gateways' && config.sms.second.gateway === config.sms.first.gateway) {
      context.addIssue({ code: 'custom', path: ['sms', 'second', 'gateway'], message: 'must be another than sms.first.gateway, or none' });
    }
    if (config.sms.adapter === 'gateways' && config.sms.centsPerDay < config.sms.centsPerText) {
      context.addIssue({ code: 'custom', path: ['sms', 'centsPerDay'], message: 'must be at least sms.centsPerText' });
    }
    for (const { path, message } of config.profile === 'production' ? unfitForProduction(config.networks) : []) {
      context.addIssue({ code: 'custom', path: ['networks', ...path], message });
    }
    if (config.profile === 'production' && !config.publicOrigin.startsWith('https://')) {
      context.addIssue({ code: 'custom', path: ['publicOrigin'], message: 'must begin with https:// in production' });
    }
  });

/** The decoded settings; see `configSchema` for what each means. */
export type Config = z.infer<typeof configSchema>;

/** A config that cannot be used: one line a key, with its path and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Decodes settings from data; throws `ConfigError` that names every bad key. */
export function decodeConfig(data: unknown, source: string): Config {
  const result = configSchema.safeParse(data);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.') || '(whole file)'}: ${issue.message}`);
  throw new ConfigError(`${source} cannot be used:\n${lines.join('\n')}`);
}

/**
 * Reads settings from a YAML file; environment variables win over it: `SMOOPE_DATABASE__URL` stands for `database.url`.
 * Throws `ConfigError` for a file that cannot be read or a key that does not fit.
 */
export function loadConfig(file: string, environment: NodeJS.ProcessEnv): Config {
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`${file} cannot be read: ${cause instanceof Error ? cause.message : 'unknown reason'}`, { cause });
  }
  return decodeConfig(applyEnvironment(data, environment, configSchema), file);
}
