import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { renderNginx } from '../../homeserver-config/proxy/nginx.ts';
import { productionExample } from './example-config.ts';

const rendered = renderNginx(productionExample());

/** The part between `server {` and its closing brace, for one host with TLS. */
function serverOf(host: string, text = rendered): string {
  return text.split(/^server /m).find((part) => part.includes(`server_name ${host};`) && part.includes('443')) ?? '';
}

/** What the expressions of the first map make of an address, as nginx would: the first that fits. */
function truncated(address: string): string {
  const map = /map \$remote_addr[^{]*\{([^}]*)\}/.exec(rendered)?.[1] ?? '';
  for (const [, pattern = '', value = ''] of map.matchAll(/"~(\S+)"\s+(\S+);/g)) {
    const found = new RegExp(pattern).exec(address);
    if (found !== null) return value.replace('$start', found.groups?.['start'] ?? '');
  }
  return '0.0.0.0';
}

test('addresses are cut before anything behind the proxy sees them', () => {
  assert.is(truncated('203.0.113.77'), '203.0.113.0');
  assert.is(truncated('::ffff:203.0.113.77'), '203.0.113.0');
  assert.is(truncated('2001:db8:1:2:3:4:5:6'), '2001:db8:1::');
  assert.is(truncated('2001:db8::6'), '2001:db8::');
  assert.is(truncated('2001::6'), '2001::');
  assert.is(truncated('::1'), '0.0.0.0');
  assert.is(truncated('unix:'), '0.0.0.0');
});

test('headers in which a client could name an address of its own are overwritten in each server', () => {
  for (const host of ['chat.example.de', 'matrix.example.de', 'example.de']) {
    assert.match(serverOf(host), 'proxy_set_header X-Forwarded-For $smoope_client;');
    assert.match(serverOf(host), 'proxy_set_header Forwarded "";');
    assert.match(serverOf(host), 'proxy_set_header X-Real-IP "";');
  }
});

test('a body may be as large as a file, and a little larger, so that the answer to more is ours', () => {
  const media = { ...productionExample().media, maxBytes: 10 * 1024 * 1024 };
  assert.match(renderNginx(productionExample({ media })), 'client_max_body_size 11m;');
  assert.match(rendered, 'client_max_body_size 26m;');
});

test('connections are TLS 1.2 or later, and browsers remember that', () => {
  const server = serverOf('chat.example.de');
  assert.match(server, 'ssl_protocols TLSv1.2 TLSv1.3;');
  assert.match(server, /Strict-Transport-Security "max-age=\d{8}"/);
  assert.match(rendered, 'return 301 https://$host$request_uri;');
});

test('the end of a session is told to Synapse from inside only', () => {
  assert.match(serverOf('matrix.example.de'), 'location = /_synapse/client/oidc/backchannel_logout { return 404; }');
});

test('neither the admin API of Synapse nor the entrance of the appservice for Synapse is reachable', () => {
  for (const host of ['chat.example.de', 'matrix.example.de', 'example.de']) {
    assert.match(serverOf(host), 'location ^~ /_synapse/ { return 404; }');
    assert.match(serverOf(host), 'location ^~ /_matrix/ { return 404; }');
  }
  assert.not.match(rendered, /_synapse\/admin/);
  assert.not.match(serverOf('chat.example.de'), /_matrix\/client/);
  assert.match(serverOf('chat.example.de'), 'location = /metrics { return 404; }');
});

test('files go out by the authenticated paths only', () => {
  assert.not.match(rendered, /_matrix\/media\/\S*(download|thumbnail|preview_url)/);
  assert.match(serverOf('matrix.example.de'), 'location ^~ /_matrix/media/v3/upload {');
});

test('the log line has neither the full address nor query, user agent or ids', () => {
  const format = /log_format smoope '([^']*)'/.exec(rendered)?.[1] ?? '';
  assert.equal(
    [...format.matchAll(/\$\w+/g)].map(([name]) => name),
    ['$smoope_client', '$time_iso8601', '$request_method', '$smoope_route', '$status', '$body_bytes_sent', '$request_time'],
  );
});

test('the server name announces where its homeserver is, and nothing else', () => {
  const server = serverOf('example.de');
  assert.match(server, 'location = /.well-known/matrix/client { proxy_pass http://127.0.0.1:8008; }');
  assert.match(server, 'location / { return 404; }');
});

test('one host may carry everything', () => {
  const homeserver = { ...productionExample().homeserver, publicUrl: 'https://example.de', serverName: 'example.de' };
  const text = renderNginx(productionExample({ publicOrigin: 'https://example.de', homeserver }));
  const server = serverOf('example.de', text);
  assert.match(server, 'location / { proxy_pass http://127.0.0.1:8090;');
  assert.match(server, 'location ^~ /_matrix/client/ { proxy_pass http://127.0.0.1:8008;');
  assert.is(server.split('location = /.well-known/matrix/client').length, 2, 'once');
  assert.is(server.split('location / ').length, 2, 'once');
});

test.run();
