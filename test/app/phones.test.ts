import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wirePhones, type Phones } from '../../appservice/app-phones.ts';
import type { Config } from '../../appservice/config.ts';
import { createMetrics, type Metrics } from '../../appservice/http/metrics.ts';
import type { Notification } from '../../appservice/notifications/notification.ts';
import { createLogger } from '../../appservice/logger.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { embeddedExample, exampleSecrets } from '../homeserver-config/example-config.ts';

const phones = suite<{ test: TestDatabase; metrics: Metrics; lines: string[]; outboxFile: string; wire: (sms: Config['sms']) => Phones }>(
  'phones',
);

phones.before(async (context) => {
  context.test = await openTestDatabase();
  context.metrics = createMetrics();
  context.lines = [];
  context.outboxFile = join(mkdtempSync(join(tmpdir(), 'smoope-phones-')), 'outbox.jsonl');
  const { test, metrics, lines } = context;
  const log = createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
  context.wire = (sms) => {
    const settings = { config: { ...embeddedExample, sms }, secrets: exampleSecrets, outboxFile: context.outboxFile, log };
    return wirePhones(settings, { database: test.database }, metrics);
  };
});
phones.after(async ({ test, outboxFile }) => {
  rmSync(dirname(outboxFile), { recursive: true, force: true });
  await test.close();
});

const proofOf = (number: Parameters<Phones['hashNumber']>[0]) =>
  ({ number, purpose: 'register', flowId: 'a flow', network: '198.51.100.0/24' }) as const;

phones(
  'in development a code is found in the outbox, proves the number, and stands in no log line',
  async ({ wire, metrics, lines, outboxFile }) => {
    const { parse, codes, texts } = wire({ adapter: 'outbox' });
    const proof = proofOf(parse('0171 3920012'));
    await codes.send(proof, (code) => texts.code(code, 'de'));
    const kept = JSON.parse(readFileSync(outboxFile, 'utf8').trim()) as Notification;
    assert.equal([kept.way, kept.address], ['sms', '+491713920012']);
    const code = /@localhost #(\d{6})$/.exec(kept.text)?.[1] ?? '';
    await codes.prove(proof, code);
    assert.not.match(lines.join(''), new RegExp(`${code}|3920012`));
    const figures = await metrics.text();
    assert.match(figures, 'smoope_texts_total{gateway="outbox",outcome="sent"} 1');
    assert.match(figures, 'smoope_phone_codes_total{outcome="sent"} 1');
    assert.match(figures, 'smoope_phone_codes_total{outcome="proved"} 1');
  },
);

phones('texts of development cost nothing and have no limit of a day', async ({ wire, test: { database } }) => {
  const { sendText, parse } = wire({ adapter: 'outbox' });
  for (let count = 0; count < 3; count += 1) await sendText({ to: parse('0171 3920013'), text: 'Hallo' });
  assert.equal(await database('text_spend'), []);
});

phones('without a way to send texts nobody gets a code, and the refusal says so', async ({ wire }) => {
  const { codes, parse } = wire({ adapter: 'none' });
  try {
    await codes.send(proofOf(parse('0171 3920014')), (code) => code);
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), 'No text can be sent now');
  }
});

phones(
  'when the money of the day is spent, no gateway is asked, and it is counted for an alarm',
  async ({ wire, metrics, lines, test }) => {
    const location = { operator: 'X', country: 'DE' };
    const first = { gateway: 'seven', apiKey: 'a-key-of-the-tests', sender: 'Smoope', location } as const;
    const { sendText, parse } = wire({ adapter: 'gateways', first, second: { gateway: 'none' }, centsPerText: 8, centsPerDay: 8 });
    // Today, and tomorrow for a run at midnight.
    const days = [0, 86_400_000].map((ms) => new Date(Date.now() + ms).toISOString().slice(0, 10));
    await test.database('text_spend').insert(days.map((day) => ({ day, texts: 1 })));
    try {
      await sendText({ to: parse('0171 3920012'), text: 'Hallo' });
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), 'No text can be sent now');
    }
    assert.match(lines.join(''), '"event":"texts_stopped"');
    assert.match(await metrics.text(), 'smoope_texts_total{gateway="seven",outcome="stopped"} 1');
  },
);

phones('numbers of other countries than the settings name are refused by the field they stood in', ({ wire }) => {
  const { parse } = wire({ adapter: 'none' });
  assert.throws(
    () => parse('+12025550123', 'body.newPhone'),
    'body.newPhone must be a mobile number of one of these countries: DE, AT, CH.',
  );
});

phones.run();
