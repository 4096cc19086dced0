import { z } from 'zod';
import { callGateway, toJson, type CallOptions, type GatewayAnswer } from './gateway-call.ts';
import { TextNotSent, type SentText, type SmsGateway } from './sms.ts';

const URL_OF_LOX24 = 'https://api.lox24.eu/sms';

/** What was taken, or passed on (https://doc.lox24.eu/info/sms-status-codes/); other codes say why it goes no further. */
const ON_ITS_WAY = new Set([0, 100]);

/** Statuses of HTTP that speak of this text or number; 401 to 403 are key, credit and account, 429 comes after wrong keys. */
const ABOUT_TEXT = new Set([400, 422]);

const answer = z.object({
  uuid: z.string().min(1),
  parts_count: z.int().positive().nullish(),
  status_code: z.int().nullish(),
});

function read({ status, body }: GatewayAnswer): SentText {
  if (status !== 201) throw new TextNotSent(`lox24-http-${status}`, ABOUT_TEXT.has(status) ? 'text' : 'gateway');
  const decoded = answer.safeParse(toJson(body));
  if (!decoded.success) throw new TextNotSent('lox24-malformed', 'gateway');
  const { uuid, parts_count: parts, status_code: code } = decoded.data;
  // No credit is the only one of them that holds for any text.
  if (!ON_ITS_WAY.has(code ?? 0)) throw new TextNotSent(`lox24-${code}`, code === 3000 ? 'gateway' : 'text');
  return { id: uuid, segments: parts ?? 1 };
}

/** The gateway of LOX24 (https://doc.lox24.eu/api/operations/api_sms_post_collection/). It is told not to keep the text. */
export function createLox24(
  { authToken, sender }: { authToken: string; sender: string },
  options: CallOptions = { url: URL_OF_LOX24 },
): SmsGateway {
  return {
    name: 'lox24',
    async sendText({ to, text }) {
      const headers = { 'x-lox24-auth-token': authToken };
      const body = { sender_id: sender, phone: to, text, service_code: 'direct', is_unicode: false, is_text_deleted: true };
      return read(await callGateway('lox24', options, headers, body));
    },
  };
}
