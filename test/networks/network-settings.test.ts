import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Config } from '../../appservice/config.ts';
import { ConfigError } from '../../appservice/config.ts';
import { createNetworks } from '../../appservice/networks/create-networks.ts';
import { NETWORK_HOSTS } from '../../appservice/outgoing-connections.ts';
import { googleNetwork } from '../../appservice/networks/google.ts';
import { productionExample } from '../homeserver-config/example-config.ts';

const location = { operator: 'Somebody', country: 'IE' };
const facebook = { adapter: 'facebook', appId: '12345', appSecret: 'secret', graphVersion: 'v26.0', location } as const;
const google = { adapter: 'google', clientId: 'id', clientSecret: 'secret', location } as const;
const other = {
  name: 'example',
  label: 'Example ID',
  issuer: 'https://id.example.de',
  clientId: 'id',
  clientSecret: 'secret',
  hosts: [],
  privacyUrl: 'https://id.example.de/privacy',
  termsUrl: 'https://id.example.de/terms',
  location,
};
const NONE: Config['networks'] = { facebook: { adapter: 'none' }, google: { adapter: 'none' }, others: [], askMobileNumber: false };

function refusalOf(networks: unknown): string {
  try {
    productionExample({ networks: networks as Config['networks'] });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('the networks of the settings stand in their order, and none without them', () => {
  assert.equal(
    createNetworks({ ...NONE, facebook, google, others: [other] }).map(({ name }) => name),
    ['facebook', 'google', 'example'],
  );
  assert.equal(createNetworks(NONE), []);
});

test('settings that people may use are accepted', () => {
  assert.is(refusalOf({ ...NONE, facebook, google, others: [other] }), 'accepted');
});

test('addresses of tests are refused in production', () => {
  assert.match(
    refusalOf({ ...NONE, facebook: { ...facebook, dialogOrigin: 'http://127.0.0.1:1' } }),
    '  networks.facebook.dialogOrigin: is for tests',
  );
  assert.match(
    refusalOf({ ...NONE, facebook: { ...facebook, graphOrigin: 'https://graph.example.de' } }),
    '  networks.facebook.graphOrigin: is for tests',
  );
  assert.match(
    refusalOf({ ...NONE, others: [{ ...other, issuer: 'http://id.example.de' }] }),
    '  networks.others.0.issuer: must begin with https://',
  );
});

test('a version that is none, a network without its country and names twice are refused', () => {
  assert.match(
    refusalOf({ ...NONE, facebook: { ...facebook, graphVersion: '26' } }),
    '  networks.facebook.graphVersion: must be a version',
  );
  assert.match(refusalOf({ ...NONE, google: { ...google, location: undefined } }), '  networks.google.location: ');
  for (const others of [[other, other], [{ ...other, name: 'facebook' }]])
    assert.match(refusalOf({ ...NONE, others }), '  networks.others: must have names of their own');
});

test('the hosts of Google that are called are those on the list', () => {
  const { issuer, hosts } = googleNetwork(google);
  assert.equal([new URL(issuer).host, ...hosts], [...NETWORK_HOSTS.google]);
});

test.run();
