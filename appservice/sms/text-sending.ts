import { ApiError } from '../errors.ts';
import { isOneMessage } from './gsm7.ts';
import { TextNotSent, type SendText } from './sms.ts';

/**
 * How nouns send texts: one message at most, and a text that does not go out becomes COM_SMOOPE_TEXT_NOT_SENT, which says the same
 * whatever failed. A text that is longer is a fault of ours.
 */
export function createTextSending(sendText: SendText): SendText {
  return async (text) => {
    if (!isOneMessage(text.text)) throw new Error('a text must be one GSM-7 message');
    try {
      return await sendText(text);
    } catch (cause) {
      if (!(cause instanceof TextNotSent)) throw cause;
      throw new ApiError('COM_SMOOPE_TEXT_NOT_SENT', 'No text can be sent now; try again later.', { cause });
    }
  };
}
