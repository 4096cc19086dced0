import { z } from 'zod';
import { recipientLocation } from '../recipient-location.ts';

const location = recipientLocation.describe(
  'Who runs the network, and where; stands on the page before people leave, in notice and agreement.',
);

const credential = z.string().regex(/^[\x21-\x7e]{1,300}$/, 'must be printable letters without spaces');

const httpUrl = z.url({ protocol: /^https?$/ });

const testOrigin = httpUrl.refine((value) => URL.parse(value)?.origin === value, 'must be an origin, without path or slash at the end');

const facebook = z.strictObject({
  adapter: z.literal('facebook').describe('People may sign in with Facebook.'),
  appId: z
    .string()
    .regex(/^\d{5,25}$/, 'must be the number of the app')
    .describe('Number of the app in the app dashboard of Facebook.'),
  appSecret: credential.describe('Secret of the app; it also proves what Facebook tells of people who leave.'),
  graphVersion: z
    .string()
    .regex(/^v\d{1,3}\.\d{1,2}$/, 'must be a version like v26.0')
    .describe('Version of the Graph API; each lives for about two years, then Facebook answers with an older one without a word.'),
  dialogOrigin: testOrigin
    .optional()
    .describe("Where people are sent in place of Facebook's own origin; tests only, refused in production."),
  graphOrigin: testOrigin.optional().describe("What is called in place of Facebook's own origin; tests only, refused in production."),
  location,
});

const google = z.strictObject({
  adapter: z.literal('google').describe('People may sign in with Google.'),
  clientId: credential.describe('Id of the OAuth client in the Google Cloud console.'),
  clientSecret: credential.describe('Secret of this client.'),
  location,
});

const other = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be 2 to 31 small letters, digits and hyphens, a letter first')
    .describe('Short name in addresses and rows; fixed for ever.'),
  label: z.string().min(1).max(40).describe('What people call the network.'),
  issuer: httpUrl.describe('Issuer of the network (OpenID Connect Discovery 1.0); https in production.'),
  clientId: credential.describe('Id under which this service is registered there.'),
  clientSecret: credential.describe('Secret of this registration.'),
  hosts: z
    .array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'must be a host like accounts.example.de'))
    .describe('Further hosts on which the network answers for tokens and profiles; no other is called, whatever it says of itself.'),
  privacyUrl: httpUrl.describe("Address of the network's privacy terms."),
  termsUrl: httpUrl.describe("Address of the network's terms of use."),
  location,
});

const PRESETS = new Set(['facebook', 'google']);

/** With accounts of which networks people may sign in; see the sentence of each key. */
export const networkSettings = z.strictObject({
  facebook: z
    .discriminatedUnion('adapter', [z.strictObject({ adapter: z.literal('none').describe('Nobody signs in with Facebook.') }), facebook])
    .describe('Facebook Login.'),
  google: z
    .discriminatedUnion('adapter', [z.strictObject({ adapter: z.literal('none').describe('Nobody signs in with Google.') }), google])
    .describe('Google.'),
  others: z
    .array(other)
    .refine(
      (networks) => new Set(networks.map(({ name }) => name)).size === networks.length && !networks.some(({ name }) => PRESETS.has(name)),
      'must have names of their own, none of them facebook or google',
    )
    .describe('Any other OpenID provider; register it with <publicOrigin>/account/networks/<name>/callback as redirect address.'),
  askMobileNumber: z.boolean().describe('Whether who registers with a network must prove a mobile number as well.'),
});

/** See `networkSettings`. */
export type NetworkSettings = z.infer<typeof networkSettings>;

/** Settings of Facebook Login. */
export type FacebookSettings = z.infer<typeof facebook>;

/** Settings of Google. */
export type GoogleSettings = z.infer<typeof google>;

/** Settings of any OpenID provider. */
export type OpenidNetworkSettings = z.infer<typeof other>;

/** What must not stand in the settings of an installation that people use. */
export function unfitForProduction({ facebook: settings, others }: NetworkSettings): { path: (string | number)[]; message: string }[] {
  const origins = (['dialogOrigin', 'graphOrigin'] as const)
    .filter((key) => settings.adapter === 'facebook' && settings[key] !== undefined)
    .map((key) => ({ path: ['facebook', key], message: 'is for tests and refused in production' }));
  const plain = others.flatMap(({ issuer }, index) =>
    issuer.startsWith('https:') ? [] : [{ path: ['others', index, 'issuer'], message: 'must begin with https:// in production' }],
  );
  return [...origins, ...plain];
}
