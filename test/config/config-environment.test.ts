import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { applyEnvironment } from '../../appservice/config-environment.ts';

const schema = z.strictObject({
  name: z.string(),
  database: z.strictObject({ url: z.string(), poolSize: z.int().min(2) }),
  trusted: z.array(z.string()),
  open: z.boolean().optional(),
  mail: z.discriminatedUnion('adapter', [
    z.strictObject({ adapter: z.literal('none') }),
    z.strictObject({ adapter: z.literal('smtp'), port: z.int() }),
  ]),
});

const file = { name: 'file', database: { url: 'postgres://file', poolSize: 5 }, trusted: [], mail: { adapter: 'none' } };
const applied = (environment: NodeJS.ProcessEnv, data: unknown = file): unknown => applyEnvironment(data, environment, schema);
const refusal = (environment: NodeJS.ProcessEnv): string =>
  JSON.stringify(schema.safeParse(applied(environment)).error?.issues ?? 'accepted');

test('a variable wins over the file and leaves its neighbours', () => {
  assert.equal(applied({ SMOOPE_DATABASE__POOL_SIZE: '20' }), { ...file, database: { url: 'postgres://file', poolSize: 20 } });
});

test('numbers, booleans and lists are read as the schema wants them, text stays text', () => {
  assert.equal(applied({ SMOOPE_NAME: '7', SMOOPE_OPEN: 'false', SMOOPE_TRUSTED: '["a.example"]' }), {
    ...file,
    name: '7',
    open: false,
    trusted: ['a.example'],
  });
});

test('keys of a variant are found', () => {
  assert.equal(applied({ SMOOPE_MAIL__ADAPTER: 'smtp', SMOOPE_MAIL__PORT: '25' }), { ...file, mail: { adapter: 'smtp', port: 25 } });
});

test('settings may come from variables alone', () => {
  assert.equal(applied({ SMOOPE_DATABASE__URL: 'postgres://env' }, null), { database: { url: 'postgres://env' } });
});

test('the given settings are not changed', () => {
  applied({ SMOOPE_DATABASE__URL: 'postgres://env' });
  assert.is(file.database.url, 'postgres://file');
});

test('a number, boolean or list that does not parse is refused with its path', () => {
  assert.match(refusal({ SMOOPE_DATABASE__POOL_SIZE: 'many' }), '["database","poolSize"]');
  assert.match(refusal({ SMOOPE_DATABASE__POOL_SIZE: ' ' }), '["database","poolSize"]');
  assert.match(refusal({ SMOOPE_OPEN: 'yes' }), '["open"]');
  assert.match(refusal({ SMOOPE_TRUSTED: 'a.example' }), '["trusted"]');
});

test('a variable that names no setting is refused by its name', () => {
  assert.match(refusal({ SMOOPE_DATABASE__POOLSIZE: '20' }), 'SMOOPE_DATABASE__POOLSIZE');
  assert.match(refusal({ SMOOPE_DATABASE__POOL_SIZE__MORE: '20' }), 'SMOOPE_DATABASE__POOL_SIZE__MORE');
  assert.match(refusal({ SMOOPE_CONSTRUCTOR: 'x' }), 'SMOOPE_CONSTRUCTOR');
  assert.match(refusal({ SMOOPE___PROTO____X: 'x' }), 'SMOOPE___PROTO____X');
});

test('other variables and the path of the config file are no settings', () => {
  assert.equal(applied({ PATH: '/bin', SMOOPE_CONFIG: 'config.yaml' }), file);
});

test.run();
