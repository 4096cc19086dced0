import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema, decodeConfig } from '../../appservice/config.ts';
import { renderSample } from '../../appservice/config-sample.ts';
import { leavesOf, type Leaf } from './schema-leaves.ts';

const rendered = renderSample();
const sample = (): Record<string, unknown> => parse(rendered) as Record<string, unknown>;

/** The sample with one value put in by its path; a discriminated variant is completed where the path needs another one. */
function sampleWith({ path, variant }: Leaf, value: unknown): Record<string, unknown> {
  const data = sample();
  let at: Record<string, unknown> = data;
  for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
  Object.assign(at, variant);
  at[path.at(-1) ?? ''] = value;
  return data;
}

function refusalOf(data: unknown): string {
  try {
    decodeConfig(data, 'the file');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
}

const leaves = leavesOf(configSchema);
const named = ({ path }: Leaf): string => path.join('.');

test('the committed sample is the one made from the schema', () => {
  assert.is(readFileSync(new URL('../../config.sample.yaml', import.meta.url), 'utf8'), rendered);
});

test('the sample passes the checks', () => {
  assert.is(decodeConfig(sample(), 'the sample').profile, 'production');
});

test('every key has a sentence', () => {
  assert.ok(leaves.length > 40);
  for (const leaf of leaves) assert.match(leaf.schema.description ?? '', /^[A-Z0-9a-z].{10,}[.;]?$/, `${named(leaf)} has no description`);
});

test('every sentence stands in the sample', () => {
  const text = rendered.replaceAll(/\n *# */g, ' ');
  for (const { path, schema, variant } of leaves) {
    if (Object.keys(variant).length === 0) assert.match(text, schema.description ?? '', path.join('.'));
  }
});

test('a wrong kind of value is refused everywhere, with its path and what is allowed', () => {
  for (const leaf of leaves) {
    const refusal = refusalOf(sampleWith(leaf, { wrong: true }));
    const line = refusal.split('\n').find((text) => text.includes(`  ${named(leaf)}:`)) ?? '';
    assert.match(line, /expected|must|invalid|discriminator/i, `${named(leaf)}: ${refusal}`);
  }
});

test('a number out of its range is refused with the limit', () => {
  const numbers = leaves.filter(({ schema }) => schema instanceof z.ZodNumber);
  assert.ok(numbers.length >= 8);
  for (const leaf of numbers) {
    const { maximum } = z.toJSONSchema(leaf.schema);
    const low = refusalOf(sampleWith(leaf, -1));
    assert.match(low, `  ${named(leaf)}: `);
    assert.match(low, /[>]=?\s?\d/);
    if (maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER) continue;
    assert.match(refusalOf(sampleWith(leaf, maximum + 1)), `<=${maximum}`);
  }
});

test('a number that does not parse is refused', () => {
  for (const leaf of leaves.filter(({ schema }) => schema instanceof z.ZodNumber)) {
    assert.match(refusalOf(sampleWith(leaf, 'many')), `${named(leaf)}: Invalid input: expected number, received string`);
  }
});

test('a value out of its list is refused with the list', () => {
  const enums = leaves.filter(({ schema }) => schema instanceof z.ZodEnum);
  assert.ok(enums.length >= 2);
  for (const leaf of enums) {
    const refusal = refusalOf(sampleWith(leaf, 'something'));
    for (const option of (leaf.schema as z.ZodEnum).options) assert.match(refusal, `"${option}"`, named(leaf));
  }
});

test('an address that is none, or of another scheme, is refused with its path', () => {
  const addresses = leaves.filter(({ schema }) => schema instanceof z.ZodURL);
  assert.ok(addresses.length >= 6);
  for (const leaf of addresses) {
    for (const value of ['nonsense', 'ftp://example.de'])
      assert.match(refusalOf(sampleWith(leaf, value)), new RegExp(`  ${named(leaf)}: .*URL`, 'i'));
  }
});

test('a missing key and a key nobody knows are refused by name', () => {
  const missing = sample();
  delete missing['listen'];
  assert.match(refusalOf(missing), '  listen: ');
  assert.match(refusalOf({ ...sample(), extra: 1 }), 'Unrecognized key: "extra"');
});

test('what holds in production is refused by name when it does not', () => {
  assert.match(refusalOf({ ...sample(), publicOrigin: 'http://chat.example.de' }), '  publicOrigin: must begin with https://');
  assert.match(refusalOf({ ...sample(), sms: { adapter: 'outbox' } }), '  sms.adapter: outbox is for development');
  assert.match(refusalOf({ ...sample(), mail: { adapter: 'outbox' } }), '  mail.adapter: outbox is for development');
});

test('an empty file is refused', () => {
  assert.match(refusalOf(null), '(whole file): Invalid input: expected object');
});

test.run();
