import { z } from 'zod';
import { recipientLocation } from '../recipient-location.ts';

const sender = z
  .string()
  .regex(/^([A-Za-z0-9]{2,11}|\d{3,15})$/, 'must be 2 to 11 letters and digits, or a number of at most 15 digits')
  .describe('Sender that people see; some countries want it registered.');

const location = recipientLocation.describe('Who runs the gateway under your own contract, and where; stands in notice and agreement.');

const seven = z.strictObject({
  gateway: z.literal('seven').describe('seven.io in Kiel.'),
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'must be the API key of the account, without spaces')
    .describe('API key of the account at seven.io.'),
  sender,
  location,
});

const lox24 = z.strictObject({
  gateway: z.literal('lox24').describe('LOX24 in Germany.'),
  authToken: z
    .string()
    .regex(/^\d{1,12}:[\x21-\x7e]{16,200}$/, 'must be the number of the account and the API key, like 12345:0123456789abcdef')
    .describe('Number of the account at LOX24 and its API key, with a colon between.'),
  sender,
  location,
});

/** How short messages are sent; see the sentence of each key. */
export const smsSettings = z.discriminatedUnion('adapter', [
  z.strictObject({ adapter: z.literal('none').describe('No SMS is sent.') }),
  z.strictObject({
    adapter: z.literal('outbox').describe('Texts appear on the terminal; development only.'),
  }),
  z.strictObject({
    adapter: z.literal('gateways').describe('Texts go out by a gateway.'),
    first: z.discriminatedUnion('gateway', [seven, lox24]).describe('Gateway that is asked first.'),
    second: z
      .discriminatedUnion('gateway', [z.strictObject({ gateway: z.literal('none').describe('There is no second gateway.') }), seven, lox24])
      .describe('Gateway that is asked when the first does not send.'),
    centsPerText: z.number().min(0.1).max(100).describe('Price of a text at the dearer gateway, in cents.'),
    centsPerDay: z
      .int()
      .min(1)
      .max(10_000_000)
      .describe('Most that texts may cost on a day (UTC), in cents; then none is sent until the next, and an alarm is raised.'),
  }),
]);

/** See `smsSettings`. */
export type SmsSettings = z.infer<typeof smsSettings>;

/** Settings of one gateway. */
export type GatewaySettings = z.infer<typeof seven> | z.infer<typeof lox24>;
