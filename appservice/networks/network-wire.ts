import { z } from 'zod';

/** A network with whose account people may sign in. */
export const networkSchema = z
  .object({
    name: z.string().describe('Short name in addresses.'),
    label: z.string().describe('What people call it.'),
    operator: z.string().describe('Who runs it.'),
    country: z.string().describe('Country in which its servers stand (ISO 3166-1).'),
    privacyUrl: z.string().describe('Its privacy terms.'),
    termsUrl: z.string().describe('Its terms of use.'),
  })
  .meta({ id: 'Network' });

/** The networks, and what an account needs that is made with one. */
export const networksSchema = z
  .object({
    networks: z.array(networkSchema),
    asksNumber: z.boolean().describe('Whether who makes an account with a network must prove a mobile number as well.'),
  })
  .meta({ id: 'Networks' });

/** What a page asks for that sends somebody to a network. */
export const networkVisitSchema = z.strictObject({
  again: z.boolean().default(false).describe('To be asked again for what was kept back before.'),
});

/** Where somebody goes. */
export const networkAddressSchema = z
  .object({ address: z.string().describe('Address at the network to which the page goes.') })
  .meta({ id: 'NetworkAddress' });

/** With which network somebody makes an account. */
export const networkRegistrationSchema = z
  .object({
    network: z.object({ name: z.string(), label: z.string() }).nullable().describe('Null where they make it without one.'),
    needsEmail: z.boolean().describe('Whether a mail address must be given.'),
    needsNumber: z.boolean().describe('Whether a mobile number must be proved.'),
  })
  .meta({ id: 'NetworkRegistration' });

/** Networks of somebody's own account. */
export const accountNetworksSchema = z
  .object({
    networks: z.array(
      networkSchema.extend({
        connectedAt: z.int().nullable().describe('Since when, in milliseconds since 1970; null: it is not connected.'),
      }),
    ),
    withdrawals: z
      .array(
        z.object({
          label: z.string().describe('What people call the network.'),
          outcome: z.enum(['open', 'confirmed', 'given-up', 'not-offered']).describe('Whether it has taken back what was allowed.'),
          askedAt: z.int().describe('When it was disconnected, in milliseconds since 1970.'),
        }),
      )
      .describe('Networks that were disconnected in the last 30 days, the latest first.'),
    isLastMeans: z.boolean().describe('Whether the one that is connected is the only way to sign in.'),
    hasProvedEmail: z.boolean().describe('Whether a link to set a password could be sent.'),
  })
  .meta({ id: 'AccountNetworks' });

/** What came of a disconnection. */
export const disconnectedSchema = z
  .object({
    withdrawal: z.enum(['open', 'confirmed', 'given-up', 'not-offered']).describe('Whether the network has taken back what was allowed.'),
    recovery: z
      .enum(['not-needed', 'sent', 'impossible'])
      .describe('How to sign in from now on: as before; by the link that was just sent; not at all, because no mail address is proved.'),
  })
  .meta({ id: 'NetworkDisconnected' });

/** How somebody came back from a network; stands in the address of the page. */
export type NetworkReturn = 'proven' | 'email' | 'denied' | 'refused' | 'unreachable' | 'garbage' | 'connected' | 'taken' | 'occupied';

/** See `networkSchema`. */
export type NetworkView = z.output<typeof networkSchema>;

/** See `networksSchema`. */
export type NetworksView = z.output<typeof networksSchema>;

/** See `networkRegistrationSchema`. */
export type NetworkRegistrationView = z.output<typeof networkRegistrationSchema>;

/** See `accountNetworksSchema`. */
export type AccountNetworksView = z.output<typeof accountNetworksSchema>;

/** See `disconnectedSchema`. */
export type DisconnectedView = z.output<typeof disconnectedSchema>;
