import type { SmsGateway, Text } from './sms.ts';

/** A text that went nowhere. */
export type KeptText = Text & { readonly at: Date };

/** Gateway for development: keeps the last texts of this process, so that whoever tries the service finds the codes. */
export type SmsOutbox = SmsGateway & {
  /** The last texts, newest first. */
  listTexts(): readonly KeptText[];
};

/** Texts that are kept. */
const KEPT = 20;

/** See `SmsOutbox`; `announce` is told that a text came. Throws in production, where texts would reach nobody. */
export function createSmsOutbox({
  profile,
  announce,
  now,
}: {
  profile: 'embedded' | 'production';
  announce: (id: string) => void;
  now: () => Date;
}): SmsOutbox {
  if (profile === 'production') throw new Error('the outbox for texts is for development and refused in production');
  let texts: readonly KeptText[] = [];
  let count = 0;
  return {
    name: 'outbox',
    listTexts: () => texts,
    async sendText(text) {
      count += 1;
      texts = [{ ...text, at: now() }, ...texts].slice(0, KEPT);
      announce(String(count));
      return { id: String(count), segments: 1 };
    },
  };
}
