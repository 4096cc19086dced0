import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Oldest request that is believed, in milliseconds; an old one could be somebody's who has kept it. */
const MAX_AGE_MS = 10 * 60_000;

/** Clocks differ. */
const MAX_AHEAD_MS = 60_000;

const MAX_LENGTH = 8_192;

const FORM = /^([\w-]{43})\.([\w-]+)$/;

const payloadSchema = z.object({
  algorithm: z.literal('HMAC-SHA256'),
  issued_at: z.number().positive(),
  user_id: z.string().regex(/^[\x21-\x7e]{1,255}$/),
});

const sign = (secret: string, payload: string): Buffer => createHmac('sha256', secret).update(payload).digest();

function decodePayload(payload: string): z.infer<typeof payloadSchema> | undefined {
  try {
    return payloadSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/**
 * The subject of a `signed_request` of Facebook
 * (https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback); undefined for all that is
 * forged, damaged, too old or from the future, which is told nobody apart. The signature is over the encoded payload.
 */
export function readSignedRequest(text: string, { appSecret, now }: { appSecret: string; now: Date }): string | undefined {
  const [, signature, payload] = (text.length > MAX_LENGTH ? null : FORM.exec(text)) ?? [];
  if (signature === undefined || payload === undefined) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const wanted = sign(appSecret, payload);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const decoded = decodePayload(payload);
  if (decoded === undefined) return undefined;
  const age = now.getTime() - decoded.issued_at * 1000;
  return age <= MAX_AGE_MS && age >= -MAX_AHEAD_MS ? decoded.user_id : undefined;
}
