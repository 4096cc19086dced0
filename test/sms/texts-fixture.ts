import * as assert from 'uvu/assert';
import type { MobileNumber } from '../../appservice/ids.ts';
import { TextNotSent, type SentText } from '../../appservice/sms/sms.ts';

/** A number that is kept free for films (https://www.bundesnetzagentur.de/); it belongs to nobody. */
export const NUMBER = '+491713920012' as MobileNumber;

/** Text of the tests. */
export const TEXT = { to: NUMBER, text: '123456 ist Ihr Code.\n\n@chat.example.de #123456', lifeMinutes: 10 };

/** `<code> <about>` of the failure that the work ends with; fails where it ends well, or where number or text stand in the failure. */
export async function failureOf(work: Promise<SentText>): Promise<string> {
  try {
    return `sent as ${(await work).id}`;
  } catch (error) {
    assert.instance(error, TextNotSent);
    const { code, about, message } = error as TextNotSent;
    assert.not.match(`${message}${String((error as TextNotSent).cause)}`, /1713920012|123456/);
    return `${code} ${about}`;
  }
}
