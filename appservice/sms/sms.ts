import type { MobileNumber } from '../ids.ts';

/** A text to one person. */
export type Text = {
  readonly to: MobileNumber;
  /** At most one GSM-7 message. */
  readonly text: string;
  /** Minutes after which it is of no use any more and need not be delivered. */
  readonly lifeMinutes?: number;
};

/** What a gateway says of a text that it took. */
export type SentText = {
  /** How the gateway calls it. */
  readonly id: string;
  /** Messages that it was cut into, each of which costs. */
  readonly segments: number;
};

/** Sends a text; throws `TextNotSent`. */
export type SendText = (text: Text) => Promise<SentText>;

/** A way to send texts. */
export type SmsGateway = { readonly name: string; readonly sendText: SendText };

/**
 * A text did not go out, or nobody knows whether it did. `gateway`: it would be so for any text now, so ask another; `text`: it is
 * about this text or number.
 */
export class TextNotSent extends Error {
  override readonly name = 'TextNotSent';
  /** `<gateway>-<what>`, for the log; never holds the number or the text. */
  readonly code: string;
  readonly about: 'gateway' | 'text';

  constructor(code: string, about: 'gateway' | 'text', options: { cause?: unknown } = {}) {
    super(`the text was not sent: ${code}`, options);
    this.code = code;
    this.about = about;
  }
}
