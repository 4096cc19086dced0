import type { Logger } from '../logger.ts';
import { TextNotSent, type SendText, type SmsGateway } from './sms.ts';

/** What became of a text at a gateway. */
export type TextOutcome = 'sent' | 'failed' | 'stopped';

/** Counts texts by gateway and outcome. */
export type CountText = (gateway: string, outcome: TextOutcome) => void;

/** A gateway with a fault of its own is asked last for so long, lest everybody waits for it first. */
const REST_MS = 60_000;

type Dependencies = {
  /** In the order in which they are asked; none where no text can be sent. */
  readonly gateways: readonly SmsGateway[];
  readonly log: Logger;
  readonly countText: CountText;
  /** Pays for one request to a gateway; false where nothing is left to spend. */
  readonly pay: () => Promise<boolean>;
  readonly now: () => Date;
};

/**
 * Sends by the first gateway that takes the text; throws the last `TextNotSent` where none does,
 * and one that says `spend-limit` where nothing is left to spend. After a time-out the text may arrive
 * twice, which does less harm than none.
 */
export function createFailOver({ gateways, log, countText, pay, now }: Dependencies): SendText {
  const restsUntil = new Map<string, number>();
  const isResting = ({ name }: SmsGateway): boolean => (restsUntil.get(name) ?? 0) > now().getTime();

  return async (text) => {
    let failure = new TextNotSent('no-gateway', 'gateway');
    for (const gateway of [...gateways.filter((one) => !isResting(one)), ...gateways.filter(isResting)]) {
      if (!(await pay())) {
        countText(gateway.name, 'stopped');
        throw new TextNotSent('spend-limit', 'gateway');
      }
      try {
        const sent = await gateway.sendText(text);
        countText(gateway.name, 'sent');
        restsUntil.delete(gateway.name);
        return sent;
      } catch (cause) {
        if (!(cause instanceof TextNotSent)) throw cause;
        failure = cause;
        countText(gateway.name, 'failed');
        log.warn('text_not_sent', { code: cause.code }, cause);
        if (cause.about === 'gateway') restsUntil.set(gateway.name, now().getTime() + REST_MS);
      }
    }
    throw failure;
  };
}
