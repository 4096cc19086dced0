import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../appservice/errors.ts';
import { createLogger, type LogFields, type Logger } from '../appservice/logger.ts';

const test = suite<{ written: string[]; log: Logger }>('log');
test.before.each((context) => {
  context.written = [];
  context.log = createLogger({ level: 'info', destination: { write: (line) => void context.written.push(line) } });
});

const lineOf = (written: string[]): Record<string, unknown> => JSON.parse(written[0] ?? '{}') as Record<string, unknown>;

test('a line has time, level, module, event and the listed fields', ({ log, written }) => {
  log
    .child('outbox')
    .info('call_sent', { conversationId: '0b5c6b00-0000-4000-8000-000000000001', attempt: 2, durationMs: 12.5, replayed: true });
  const { time, ...line } = lineOf(written);
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
  assert.equal(line, {
    level: 'info',
    module: 'outbox',
    event: 'call_sent',
    conversationId: '0b5c6b00-0000-4000-8000-000000000001',
    attempt: 2,
    durationMs: 12.5,
    replayed: true,
  });
});

test('a field that is not listed is dropped and counted, whatever the compiler was told', ({ log, written }) => {
  const smuggled = {
    companyId: '0b5c6b00-0000-4000-8000-000000000001',
    body: 'Mein Anliegen',
    name: 'Erika',
    ip: '198.51.100.7',
  } as LogFields;
  log.info('message_received', smuggled);
  assert.is(lineOf(written)['dropped'], 3);
  assert.not.match(written.join(''), /Anliegen|Erika|198\.51/);
});

test('personal data and secrets in a listed field are hidden', ({ log, written }) => {
  const secrets = [
    '@erika:example.de',
    'erika@example.de',
    '+491701234567',
    '0170-1234567',
    '198.51.100.7',
    'syt_c21vb3Bl_abcdefghij',
    'Zm9vYmFyMDEyMzQ1Njc4OWFiY2RlZg',
    'd41d8cd98f00b204e9800998ecf8427e',
    'AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGhIjKlMnOpQ',
    'Guten Tag, ich habe eine Frage',
    'x'.repeat(200),
  ];
  for (const secret of secrets) log.info('something', { reason: secret });
  for (const line of written) assert.is((JSON.parse(line) as LogFields).reason, '[hidden]', line);
});

test('ids of rooms, events and rows stay readable, and only in their own shape', ({ log, written }) => {
  const ids = { roomId: '!TLTLEvu74abcdefABCDEF0123456789abcdefABCDEF01', eventId: '$TLTLEvu74abcdefABCDEF0123456789abcdefABCDEF01' };
  log.info('event_applied', ids);
  log.info('event_applied', { roomId: '@erika:example.de', eventId: 'Hello', conversationId: 'erika' });
  const [readable, hidden] = written.map((line) => JSON.parse(line) as LogFields);
  assert.equal({ roomId: readable?.roomId, eventId: readable?.eventId }, ids);
  assert.equal([hidden?.roomId, hidden?.eventId, hidden?.conversationId], ['[hidden]', '[hidden]', '[hidden]']);
});

test('words of operation stay readable', ({ log, written }) => {
  const words = [
    '20261123060000_create_company',
    '/api/v1/companies/:slug',
    'M_LIMIT_EXCEEDED',
    'com.smoope.conversation',
    '18.4.0-beta.17',
    'ECONNREFUSED',
  ];
  for (const reason of words) log.info('something', { reason });
  assert.equal(
    written.map((line) => (JSON.parse(line) as LogFields).reason),
    words,
  );
});

test('a number where a word belongs, and a word where a number belongs, are hidden', ({ log, written }) => {
  log.info('something', { count: 'Erika', reason: 491701234567, ready: 'yes' } as unknown as LogFields);
  const { count, reason, ready } = lineOf(written);
  assert.equal([count, reason, ready], ['[hidden]', '[hidden]', '[hidden]']);
});

test('causes are written as name, code and places in the code, never their messages', ({ log, written }) => {
  const database = Object.assign(new Error('duplicate key (email)=(erika@example.de)\n second line about Erika'), { code: '23505' });
  log.error('job_failed', { step: 'export' }, new ApiError('M_UNKNOWN', 'Erika could not be exported', { cause: database }));
  assert.not.match(written.join(''), /erika/i);
  const { cause } = lineOf(written) as { cause: { name: string; code: string; at: string[]; cause: { name: string; code: string } } };
  assert.equal([cause.name, cause.code], ['ApiError', 'M_UNKNOWN']);
  assert.match(cause.at[0] ?? '', 'logger.test.ts');
  assert.equal([cause.cause.name, cause.cause.code], ['Error', '23505']);
});

test('a cause that is no error says only its kind, and causes without end are cut', ({ log, written }) => {
  log.warn('odd', {}, 'Erika');
  const loop = new Error('loop');
  loop.cause = loop;
  log.warn('odd', {}, loop);
  assert.equal((JSON.parse(written[0] ?? '') as { cause: object }).cause, { name: 'string', at: [] });
  assert.is(written[1]?.match(/"name":"Error"/g)?.length, 4);
});

test('an event name that is a sentence is hidden', ({ log, written }) => {
  log.info('Erika wrote to us');
  assert.is(lineOf(written)['event'], '[hidden]');
});

test('a level below the configured one is not written', ({ log, written }) => {
  log.debug('detail');
  assert.is(written.length, 0);
});

test.run();
