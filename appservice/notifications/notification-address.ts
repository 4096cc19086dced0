import type { NotificationAddress } from './notification.ts';

/** Longest mail address (https://www.rfc-editor.org/rfc/rfc5321 section 4.5.3.1.3). */
const LONGEST = 254;

const MAIL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/iu;

/** Country and number, as https://www.itu.int/rec/T-REC-E.164 has it. */
const E164 = /^\+[1-9]\d{7,14}$/;

/** Numbers without a country are read as German ones: the service stands there. */
const HOME = '+49';

/** Reads what somebody entered as a telephone number or a mail address; undefined for what is neither. */
export function readNotificationAddress(entered: string): NotificationAddress | undefined {
  const given = entered.trim();
  if (given.includes('@')) {
    if (given.length > LONGEST || !MAIL.test(given)) return undefined;
    const [local = '', domain = ''] = given.split('@');
    return { way: 'mail', address: `${local}@${domain.toLowerCase()}` };
  }
  if (!/^[+\d][\d\s()/.-]*$/.test(given)) return undefined;
  // (0) stands for the digit that is left out after the country.
  const digits = (given.startsWith('+') ? given.replace('(0)', '') : given).replace(/[\s()/.-]/g, '');
  const number = digits.replace(/^00/, '+').replace(/^0/, HOME);
  return E164.test(number) ? { way: 'sms', address: number } : undefined;
}

/** An address as its owner recognises it and nobody else can use it. */
export function maskAddress({ way, address }: NotificationAddress): string {
  if (way === 'sms') return `…${address.slice(-3)}`;
  return `${/^./u.exec(address)?.[0] ?? ''}…${address.slice(address.indexOf('@'))}`;
}
