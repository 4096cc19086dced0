import type { NotificationAddress } from './notification.ts';

/** Longest mail address (https://www.rfc-editor.org/rfc/rfc5321 section 4.5.3.1.3). */
const LONGEST = 254;

const MAIL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/iu;

/** Reads what somebody entered as a mobile number (by `readMobile`) or a mail address; undefined for what is neither. */
export function readNotificationAddress(
  entered: string,
  readMobile: (entered: string) => string | undefined,
): NotificationAddress | undefined {
  const given = entered.trim();
  if (given.includes('@')) {
    if (given.length > LONGEST || !MAIL.test(given)) return undefined;
    const [local = '', domain = ''] = given.split('@');
    return { way: 'mail', address: `${local}@${domain.toLowerCase()}` };
  }
  const number = readMobile(given);
  return number === undefined ? undefined : { way: 'sms', address: number };
}

/** An address as its owner recognises it and nobody else can use it. */
export function maskAddress({ way, address }: NotificationAddress): string {
  if (way === 'sms') return `…${address.slice(-3)}`;
  return `${/^./u.exec(address)?.[0] ?? ''}…${address.slice(address.indexOf('@'))}`;
}
