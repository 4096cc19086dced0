import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  isRotationDue,
  NOTICE_MS,
  publishedKeys,
  ROTATION_MS,
  TOKEN_LIFE_MS,
  type SigningKey,
} from '../../appservice/openid/signing-key.ts';

const BEGIN = Date.UTC(2026, 0, 1);
const at = (ms: number): Date => new Date(BEGIN + ms);
const key = (id: string, ms: number): SigningKey => ({ id, jwk: { kty: 'EC' }, createdAt: at(ms) });
const published = (keys: readonly SigningKey[], ms: number): string[] => publishedKeys(keys, at(ms)).map(({ id }) => id);

const OLD = key('old', -ROTATION_MS);
const FRESH = key('fresh', 0);

test('the first key of an installation signs at once', () => {
  assert.equal(published([FRESH], 0), ['fresh']);
  assert.equal(publishedKeys([], at(0)), []);
});

test('a new key is published for an hour before it signs', () => {
  assert.equal(published([OLD, FRESH], 0), ['old', 'fresh']);
  assert.equal(published([FRESH, OLD], NOTICE_MS - 1), ['old', 'fresh'], 'in whatever order they are stored');
  assert.is(published([OLD, FRESH], NOTICE_MS)[0], 'fresh');
});

test('the old key stays published until the last token that it signed has ended', () => {
  assert.equal(published([OLD, FRESH], NOTICE_MS), ['fresh', 'old']);
  assert.equal(published([OLD, FRESH], NOTICE_MS + TOKEN_LIFE_MS - 1), ['fresh', 'old']);
  assert.equal(published([OLD, FRESH], NOTICE_MS + TOKEN_LIFE_MS), ['fresh']);
});

test('a key older than that is not published because another old one is', () => {
  const older = key('older', -2 * ROTATION_MS);
  assert.equal(published([older, OLD, FRESH], NOTICE_MS), ['fresh', 'old']);
});

test('a new key is due when there is none, and when the newest has served its time', () => {
  assert.ok(isRotationDue([], at(0)));
  assert.not(isRotationDue([FRESH], at(ROTATION_MS - 1)));
  assert.ok(isRotationDue([FRESH], at(ROTATION_MS)));
  assert.not(isRotationDue([OLD, FRESH], at(0)));
});

test.run();
