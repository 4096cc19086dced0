import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { configSchema, type Config } from '../appservice/config.ts';
import { LINKED_HOSTS, NAMED_HOSTS, NETWORK_HOSTS, outgoingConnections } from '../appservice/outgoing-connections.ts';
import { parse } from 'yaml';
import { renderSample } from '../appservice/config-sample.ts';
import { embeddedExample } from './homeserver-config/example-config.ts';
import { readSourceFiles } from './architecture/source-files.ts';

/** Files that open connections, and to whom: only gateways and the mail server are outside our own machines. */
const CALLERS = {
  'appservice/matrix/homeserver-client.ts': 'our homeserver',
  'appservice/media/clamd.ts': 'our virus scanner',
  'appservice/networks/network-fetch.ts': 'networks of the settings',
  'appservice/notifications/smtp-adapter.ts': 'the mail server of the settings',
  'appservice/openid/openid-provider.ts': 'our homeserver, when somebody signs out',
  'appservice/operator/operator-api.ts': 'this service, from the command line',
  'appservice/sms/gateway-call.ts': 'gateways for texts',
};

/** Examples in texts and this machine itself. */
const NOT_OUTSIDE = /^(localhost|127\.0\.0\.1|([\w-]+\.)*example\.(de|com|org))$/;

const OPENS = [
  /\bfetch\(/,
  /import \{[^}]*\b(connect|createConnection|request|get)\b[^}]*\} from 'node:(net|tls|http|https|http2)'/,
  /from '(undici|axios|got|nodemailer)'/,
];

const code = readSourceFiles()
  .filter(({ path }) => path.startsWith('appservice/'))
  .map(({ path, text }) => ({ path, text: text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '') }));

const sample = (): Config => configSchema.parse(parse(renderSample()));

test('only these files open connections', () => {
  const callers = code.filter(({ text }) => OPENS.some((pattern) => pattern.test(text))).map(({ path }) => path);
  assert.equal(callers.toSorted(), Object.keys(CALLERS).toSorted());
});

test('every host outside that the code names is on the list, and none is that it does not name', () => {
  const named = code.flatMap(({ text }) => [...text.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)].map((match) => match[1] ?? ''));
  const outside = new Set(named.filter((host) => !NOT_OUTSIDE.test(host)));
  const listed = [...Object.values(NAMED_HOSTS), ...Object.values(NETWORK_HOSTS).flat(), ...LINKED_HOSTS];
  assert.equal([...outside].toSorted(), listed.toSorted());
});

test('only one file calls networks: the library is handed it', () => {
  for (const { path, text } of code.filter((file) => /from 'openid-client'/.test(file.text))) {
    assert.match(path, /^appservice\/networks\//);
    if (/new openid\.Configuration\(|openid\.discovery\(/.test(text)) assert.match(text, 'callBy(configuration, call', path);
  }
});

test('an installation says to whom it connects, who that is and where', () => {
  assert.equal(outgoingConnections(sample()), [
    { host: 'gateway.seven.io', purpose: 'texts to mobile numbers', operator: 'Legal name of seven.io', country: 'DE' },
    { host: 'api.lox24.eu', purpose: 'texts to mobile numbers', operator: 'Legal name of LOX24', country: 'DE' },
    { host: 'mail.example.de', purpose: 'mails', operator: 'Example Mail GmbH', country: 'DE' },
    ...['graph.facebook.com'].map((host) => ({
      host,
      purpose: 'sign-in with Facebook',
      operator: 'Legal name of Facebook',
      country: 'IE',
    })),
    ...['accounts.google.com', 'oauth2.googleapis.com', 'openidconnect.googleapis.com'].map((host) => ({
      host,
      purpose: 'sign-in with Google',
      operator: 'Legal name of Google',
      country: 'IE',
    })),
    { host: 'id.example.de', purpose: 'sign-in with Example ID', operator: 'Example ID GmbH', country: 'DE' },
  ]);
});

test('without texts, mails and networks it connects to nobody', () => {
  const { networks } = embeddedExample;
  assert.equal(outgoingConnections({ sms: { adapter: 'outbox' }, mail: { adapter: 'none' }, networks }), []);
});

test.run();
