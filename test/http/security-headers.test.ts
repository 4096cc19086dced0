import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { securityHeaders, type HeaderClass } from '../../appservice/http/security-headers.ts';

const CLASSES: HeaderClass[] = ['api', 'panel', 'page', 'asset', 'worker', 'host-script', 'host-page'];
const settings = { publicOrigin: 'https://chat.example.de' };

const policyOf = (kind: HeaderClass, more: object = {}): string =>
  securityHeaders(kind, { ...settings, ...more })['Content-Security-Policy'] ?? '';

test('no class allows inline scripts, inline styles or evaluation', () => {
  for (const kind of CLASSES) {
    assert.match(policyOf(kind), "default-src 'none'");
    assert.not.match(policyOf(kind), /unsafe-(inline|eval|hashes)/);
  }
});

test('pages and panel demand Trusted Types', () => {
  for (const kind of ['page', 'panel', 'host-page'] as const) assert.match(policyOf(kind), "require-trusted-types-for 'script'");
});

test('the panel may be framed by the origins of its company and by nobody else', () => {
  const frameAncestors = ['https://shop.example', 'https://www.shop.example'];
  assert.match(policyOf('panel', { frameAncestors }), 'frame-ancestors https://shop.example https://www.shop.example;');
});

test('the panel of a company without origins may be framed by nobody', () => {
  assert.match(policyOf('panel'), "frame-ancestors 'none'");
  assert.match(policyOf('panel', { frameAncestors: [] }), "frame-ancestors 'none'");
});

test('everything but the panel is never framed', () => {
  for (const kind of CLASSES.filter((other) => other !== 'panel')) {
    assert.match(policyOf(kind, { frameAncestors: ['https://shop.example'] }), "frame-ancestors 'none'");
  }
});

test('only the script for other websites and the panel may be loaded from other origins', () => {
  const open = CLASSES.filter((kind) => securityHeaders(kind, settings)['Cross-Origin-Resource-Policy'] === 'cross-origin');
  assert.equal(open, ['panel', 'host-script']);
});

test('HSTS is sent where the public origin is https, and only there', () => {
  for (const kind of CLASSES) {
    assert.match(securityHeaders(kind, settings)['Strict-Transport-Security'] ?? '', 'max-age=63072000');
    assert.is(securityHeaders(kind, { publicOrigin: 'http://localhost:8090' })['Strict-Transport-Security'], undefined);
  }
});

test('pages may fetch from the homeserver they are told of', () => {
  assert.match(policyOf('page', { connectTo: ['https://matrix.example.de'] }), "connect-src 'self' https://matrix.example.de;");
});

test('every class forbids sniffing and the features nobody needs', () => {
  for (const kind of CLASSES) {
    const headers = securityHeaders(kind, settings);
    assert.is(headers['X-Content-Type-Options'], 'nosniff');
    assert.match(headers['Permissions-Policy'] ?? '', 'geolocation=()');
    assert.ok(headers['Referrer-Policy']);
  }
});

test('the microphone is for the panel and for who shows it, and for nothing else', () => {
  const allowed = CLASSES.map((kind) => [
    kind,
    /microphone=\((.*?)\)/.exec(securityHeaders(kind, settings)['Permissions-Policy'] ?? '')?.[1],
  ]);
  assert.equal(Object.fromEntries(allowed), {
    api: '',
    panel: 'self',
    page: 'self',
    asset: '',
    worker: '',
    'host-script': '',
    'host-page': `self "${settings.publicOrigin}"`,
  });
});

test('pages show pictures of the homeserver and ask it; nothing else of it is loaded', () => {
  const page = securityHeaders('page', { ...settings, connectTo: ['https://matrix.example'] })['Content-Security-Policy'] ?? '';
  const directives = page.split('; ').filter((directive) => directive.includes('https://matrix.example'));
  assert.equal(
    directives.map((directive) => directive.split(' ')[0]),
    ['img-src', 'connect-src'],
  );
});

test('the service worker asks us and the homeserver, and loads nothing', () => {
  assert.is(
    securityHeaders('worker', { ...settings, connectTo: ['https://matrix.example'] })['Content-Security-Policy'],
    "default-src 'none'; connect-src 'self' https://matrix.example; frame-ancestors 'none'",
  );
});

test('passkeys are for our own pages, and for no panel that stands on the website of somebody else', () => {
  for (const kind of CLASSES) {
    const [own, other] = kind === 'page' ? ['(self)', '()'] : ['()', '(self)'];
    for (const feature of ['publickey-credentials-create', 'publickey-credentials-get']) {
      const value = securityHeaders(kind, settings)['Permissions-Policy'] ?? '';
      assert.ok(value.includes(`${feature}=${own}`), `${kind}: ${feature}`);
      assert.not(value.includes(`${feature}=${other}`), `${kind}: ${feature}`);
    }
  }
});

test.run();
