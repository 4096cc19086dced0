import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNotifications, type Notification } from '../../appservice/notifications/notification.ts';
import { createOutboxAdapter, OUTBOX_FILE } from '../../appservice/notifications/outbox-adapter.ts';
import { showOutbox } from '../../homeserver-config/embedded/outbox-display.ts';

const outbox = suite<{ folder: string }>('the outbox of texts');

outbox.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-outbox-'));
});
outbox.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const someText: Notification = { way: 'mail', address: 'erika@example.de', subject: 'Betreff', text: 'Text' };

outbox('a way without an adapter is not there, and sending on it fails', async () => {
  const sent: Notification[] = [];
  const adapter = { send: async (notification: Notification) => void sent.push(notification) };
  const notifications = createNotifications({ sms: 'none', mail: adapter });
  assert.equal(notifications.ways, ['mail']);
  await notifications.send(someText);
  assert.equal(sent, [someText]);
  const refusal = await notifications.send({ ...someText, way: 'sms' }).catch((error: unknown) => error);
  assert.instance(refusal, Error);
});

outbox('texts are shown once each as they come, and those of an earlier run are deleted', async ({ folder }) => {
  const file = join(folder, OUTBOX_FILE);
  writeFileSync(file, `${JSON.stringify(someText)}\n`);
  const shown: string[] = [];
  const display = showOutbox(folder, (line) => void shown.push(line));
  try {
    const adapter = createOutboxAdapter(file);
    display.look();
    await adapter.send({ ...someText, text: 'eins' });
    display.look();
    await adapter.send({ ...someText, way: 'sms', address: '+491712345678', text: 'zwei' });
    display.look();
    display.look();
    assert.equal(shown, ['\nMail to erika@example.de\n  Betreff\n  eins', '\nSMS to +491712345678\n  zwei']);
    assert.is(readFileSync(file, 'utf8').trim().split('\n').length, 2);
    assert.is(statSync(file).mode & 0o777, 0o600, 'nobody else reads it');
  } finally {
    display.end();
  }
});

outbox.run();
