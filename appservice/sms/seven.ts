import { z } from 'zod';
import { callGateway, toJson, type CallOptions, type GatewayAnswer } from './gateway-call.ts';
import { TextNotSent, type SentText, type SmsGateway } from './sms.ts';

const URL_OF_SEVEN = 'https://gateway.seven.io/api/sms';

/**
 * Codes that speak of this text or number: not sent to all, recipient, empty text, too long, the same text within 180 s, too many to
 * this number today, refused by the carrier. All others (credit, key, rights, addresses) hold for any text.
 */
const ABOUT_TEXT = new Set(['101', '202', '301', '305', '401', '402', '403', '600']);

const SENT = '100';

const code = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{3}$/));

const answer = z.object({
  success: code,
  messages: z
    .array(
      z.object({
        id: z.union([z.string(), z.number()]).nullish(),
        parts: z.int().positive().nullish(),
        success: z.boolean(),
        error: z.union([z.string(), z.number()]).nullish(),
      }),
    )
    .optional(),
});

const refuse = (reason: string): TextNotSent => new TextNotSent(`seven-${reason}`, ABOUT_TEXT.has(reason) ? 'text' : 'gateway');

function read({ status, body }: GatewayAnswer): SentText {
  if (status !== 200) throw refuse(`http-${status}`);
  const data = toJson(body);
  // Errors come as 200 with a code: in an object, as a bare number, or as text/plain, quoted or not.
  const bare = code.safeParse(typeof data === 'string' ? data.trim() : data);
  if (bare.success) throw refuse(bare.data);
  const decoded = answer.safeParse(data);
  if (!decoded.success) throw refuse('malformed');
  const { success, messages = [] } = decoded.data;
  const [message] = messages;
  if (message === undefined) throw refuse(success === SENT ? 'malformed' : success);
  if (!message.success) throw refuse(code.safeParse(message.error).data ?? (success === SENT ? '101' : success));
  if (success !== SENT && success !== '101') throw refuse(success);
  return { id: String(message.id ?? ''), segments: message.parts ?? 1 };
}

/** The gateway of seven.io (https://docs.seven.io/en/rest-api/endpoints/sms); it has no sandbox. */
export function createSeven(
  { apiKey, sender }: { apiKey: string; sender: string },
  options: CallOptions = { url: URL_OF_SEVEN },
): SmsGateway {
  return {
    name: 'seven',
    async sendText({ to, text, lifeMinutes }) {
      const ttl = lifeMinutes === undefined ? {} : { ttl: lifeMinutes };
      return read(await callGateway('seven', options, { 'x-api-key': apiKey }, { to, text, from: sender, ...ttl }));
    },
  };
}
