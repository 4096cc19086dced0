import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import type { HttpContext } from '../../appservice/http/context.ts';
import { requireSameOrigin } from '../../appservice/http/same-origin.ts';

const ORIGIN = 'https://chat.example.de';

function isAllowed(method: string, headers: Record<string, string>): boolean {
  const context = { method, get: (name: string) => headers[name] ?? '' } as unknown as HttpContext;
  try {
    requireSameOrigin(context, ORIGIN);
    return true;
  } catch (error) {
    assert.ok(error instanceof ApiError && error.code === 'COM_SMOOPE_CROSS_SITE');
    return false;
  }
}

test('reading is allowed from anywhere: it changes nothing', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS']) assert.ok(isAllowed(method, { 'sec-fetch-site': 'cross-site' }));
});

test('what the browser says of the page counts first', () => {
  assert.ok(isAllowed('POST', { 'sec-fetch-site': 'same-origin' }));
  for (const site of ['cross-site', 'same-site', 'none']) {
    assert.not(isAllowed('POST', { 'sec-fetch-site': site }), site);
    assert.not(isAllowed('DELETE', { 'sec-fetch-site': site, origin: ORIGIN }), `${site} with an origin of ours`);
  }
});

test('an older browser is believed by the origin it names, exactly', () => {
  assert.ok(isAllowed('POST', { origin: ORIGIN }));
  for (const origin of ['', 'null', 'http://chat.example.de', `${ORIGIN}.evil.example`, 'https://evil.example', `${ORIGIN}:8443`]) {
    assert.not(isAllowed('POST', { origin }), origin);
  }
});

test.run();
