import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { maskAddress, readNotificationAddress } from '../../appservice/notifications/notification-address.ts';

const read = (entered: string): string | undefined => {
  const found = readNotificationAddress(entered);
  return found === undefined ? undefined : `${found.way} ${found.address}`;
};

test('numbers are read as people write them; without a country they are German', () => {
  for (const written of ['0171 2345678', '+49 171 2345678', '0049 (171) 23456-78', ' +49 (0)171/2345678 ']) {
    assert.is(read(written), 'sms +491712345678', written);
  }
  assert.is(read('+44 7700 900123'), 'sms +447700900123');
});

test('mail addresses keep their name and lose the case of their domain', () => {
  assert.is(read(' Erika.Muster+a@Mail.Example.DE '), 'mail Erika.Muster+a@mail.example.de');
  assert.is(read('jürgen@example.de'), 'mail jürgen@example.de');
});

test('what is neither is refused: several addresses, headers, control characters, short numbers', () => {
  const refused = [
    '',
    'Erika',
    '110',
    '+0171234567',
    '+49 171 23456789012345',
    'a@b',
    '@example.de',
    'a@example.de,b@example.de',
    'a@example.de\nBcc: b@example.de',
    '"a b"@example.de',
    'a\u001b[2J@example.de',
    'a@example..de',
    'a@b@example.de',
    `${'a'.repeat(64)}@${'b.'.repeat(100)}de`,
  ];
  for (const entered of refused) assert.is(read(entered), undefined, entered);
});

test('a masked address is known to its owner and of no use to others', () => {
  assert.is(maskAddress({ way: 'sms', address: '+491712345678' }), '…678');
  assert.is(maskAddress({ way: 'mail', address: 'erika@example.de' }), 'e…@example.de');
});

test.run();
