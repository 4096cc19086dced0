import type { AppSettings, Connections } from './app-connections.ts';
import type { Metrics } from './http/metrics.ts';
import type { MobileNumber } from './ids.ts';
import { createOutboxAdapter, type OutboxSettings } from './notifications/outbox-adapter.ts';
import { parseMobileNumber } from './phones/mobile-number.ts';
import { createNumberHash } from './phones/number-hash.ts';
import { createPhoneCodeSeal } from './phones/phone-code-seal.ts';
import { createPhoneCodes } from './phones/phone-codes.ts';
import { createFailOver } from './sms/fail-over.ts';
import { createLox24 } from './sms/lox24.ts';
import { createPersonTexts } from './sms/person-texts.ts';
import { createSeven } from './sms/seven.ts';
import { createSmsOutbox } from './sms/sms-outbox.ts';
import type { GatewaySettings } from './sms/sms-settings.ts';
import type { SmsGateway } from './sms/sms.ts';
import { createSpendLimit, textsForMoney } from './sms/spend-limit.ts';
import { createTextSending } from './sms/text-sending.ts';

function gatewayOf(settings: GatewaySettings | { gateway: 'none' }): SmsGateway[] {
  switch (settings.gateway) {
    case 'none':
      return [];
    case 'seven':
      return [createSeven(settings)];
    case 'lox24':
      return [createLox24(settings)];
  }
}

/** Mobile numbers: reading, looking up, and proving them by texts. */
export function wirePhones(
  { config, secrets, outboxFile, log: rootLog }: AppSettings & OutboxSettings,
  { database }: Pick<Connections, 'database'>,
  metrics: Metrics,
) {
  const log = rootLog.child('phones');
  const now = () => new Date();
  const { sms } = config;
  const { countries, textsPerNetworkAndHour, textsPerNetworkAndDay } = config.phones;
  const file = createOutboxAdapter(outboxFile);
  const outbox = createSmsOutbox(({ to, text }) => file.send({ way: 'sms', address: to, subject: '', text }));
  const isPaid = sms.adapter === 'gateways';
  const spend = createSpendLimit({ database, most: isPaid ? textsForMoney(sms) : 0, log, now });
  const ways = isPaid ? [...gatewayOf(sms.first), ...gatewayOf(sms.second)] : [];
  const gateways = sms.adapter === 'outbox' ? [outbox] : ways;
  const sendText = createTextSending(
    createFailOver({ gateways, log, countText: metrics.countText, pay: async () => !isPaid || spend.pay(), now }),
  );
  const hashNumber = createNumberHash(secrets);
  const { hashKey } = secrets;
  return {
    parse: (input: string, field?: string): MobileNumber =>
      parseMobileNumber(input, { countries, ...(field === undefined ? {} : { field }) }),
    hashNumber,
    spend,
    sendText,
    texts: createPersonTexts(config),
    codes: createPhoneCodes({
      database,
      seal: createPhoneCodeSeal({ hashKey, hashNumber }),
      sendText,
      network: { perHour: textsPerNetworkAndHour, perDay: textsPerNetworkAndDay },
      countCode: metrics.countCode,
      now,
    }),
  };
}

/** See `wirePhones`. */
export type Phones = ReturnType<typeof wirePhones>;
