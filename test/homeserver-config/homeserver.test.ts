import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { z } from 'zod';
import { createNames } from '../../appservice/matrix/names.ts';
import { renderHomeserver, synapsePaths } from '../../homeserver-config/synapse/homeserver.ts';
import { renderLogConfig } from '../../homeserver-config/synapse/log.ts';
import { renderSettings, setting } from '../../homeserver-config/synapse/setting.ts';
import { embeddedExample, exampleSecrets, productionExample } from './example-config.ts';

const paths = synapsePaths('/srv/synapse');
const settings = z.record(z.string(), z.unknown());

function render(config = productionExample()): Record<string, unknown> {
  return settings.parse(parse(renderHomeserver(config, exampleSecrets, { paths })));
}

test('both profiles keep to themselves what Synapse would give away', () => {
  for (const rendered of [render(), render(embeddedExample)]) {
    const expected = {
      enable_registration: false,
      report_stats: false,
      forget_rooms_on_leave: true,
      url_preview_enabled: false,
      enable_3pid_lookup: false,
      allow_guest_access: false,
      require_auth_for_profile_requests: true,
      limit_profile_requests_to_users_who_share_rooms: true,
      include_profile_data_on_invite: false,
      enable_room_list_search: false,
      allow_public_rooms_without_auth: false,
      allow_public_rooms_over_federation: false,
      allow_profile_lookup_over_federation: false,
      enable_authenticated_media: true,
      suppress_key_server_warning: true,
      default_room_version: '12',
    };
    for (const [key, value] of Object.entries(expected)) assert.is(rendered[key], value, key);
    assert.equal(rendered['push'], { include_content: false });
    assert.equal(rendered['presence'], { enabled: false });
    assert.equal(rendered['media_retention'], { remote_media_lifetime: '14d' }, 'files of ours go with their event');
    assert.equal(rendered['room_list_publication_rules'], [{ action: 'deny' }]);
    assert.equal(rendered['extra_well_known_client_content'], { 'io.element.e2ee': { default: false } });
  }
});

test('the module knows the service by its names, and neither people nor bots nor look-alikes', () => {
  const {
    sender,
    service_users: service,
    company_users: companies,
  } = z.tuple([z.object({ config: z.record(z.string(), z.string()) })]).parse(render()['modules'])[0].config;
  const names = createNames('example.de');
  assert.is(sender, names.sender);
  const [company, visitor] = [names.companyGhost('0a', 'acme'), names.newVisitorGhost('ff')];
  const whole = (pattern: string | undefined): RegExp => new RegExp(`^(?:${pattern})$`);
  assert.match(company, whole(companies));
  assert.not.match(visitor, whole(companies));
  for (const user of [company, visitor]) assert.match(user, whole(service));
  const strangers = [names.serviceAccount('0a', 'acme', 'bot'), '@anna:example.de', '@company_0a_acme:exampleXde', `x${company}`];
  for (const user of strangers) assert.not.match(user, whole(service));
});

test('files may be as large as the config says', () => {
  const media = { ...productionExample().media, maxBytes: 1_000_000 };
  assert.is(render(productionExample({ media }))['max_upload_size'], 1_000_000);
});

test('nobody has a password at Synapse, in no profile', () => {
  for (const config of [productionExample(), embeddedExample]) {
    assert.equal(render(config)['password_config'], { enabled: false, localdb_enabled: false });
  }
});

test('people sign in by our provider alone, and Synapse learns a random name and a display name', () => {
  const [provider, ...others] = z.array(settings).parse(render()['oidc_providers']);
  assert.equal(others, []);
  assert.equal(provider, {
    idp_id: 'smoope',
    idp_name: 'smoope',
    issuer: 'https://chat.example.de/oidc',
    client_id: 'homeserver',
    client_secret: 'i'.repeat(43),
    client_auth_method: 'client_secret_basic',
    scopes: ['openid', 'profile'],
    pkce_method: 'always',
    backchannel_logout_enabled: true,
    allow_existing_users: false,
    skip_verification: false,
    user_mapping_provider: {
      config: {
        subject_template: '{{ user.sub }}',
        localpart_template: '{{ user.preferred_username }}',
        display_name_template: '{{ user.name }}',
      },
    },
  });
  const [onThisMachine] = z.array(settings).parse(render(embeddedExample)['oidc_providers']);
  assert.is(onThisMachine?.['skip_verification'], true, 'plain http, on this machine alone');
});

test('only our own origin is spared the question where to go, not one that begins like it', () => {
  assert.equal(render()['sso'], { client_whitelist: ['https://chat.example.de/'], update_profile_information: false });
});

test('retention stays within the limits of the operator, in milliseconds', () => {
  const day = 86_400_000;
  const homeserver = { ...productionExample().homeserver, retention: { minDays: 2, maxDays: 400, defaultDays: 30 } };
  assert.equal(render(productionExample({ homeserver }))['retention'], {
    enabled: true,
    default_policy: { max_lifetime: 30 * day },
    allowed_lifetime_min: 2 * day,
    allowed_lifetime_max: 400 * day,
    purge_jobs: [
      { longest_max_lifetime: 3 * day, interval: day / 2 },
      { shortest_max_lifetime: 3 * day, interval: day },
    ],
  });
});

test('PostgreSQL is reached as the address says, in production with a pool that notices dead connections', () => {
  assert.equal(render()['database'], {
    name: 'psycopg2',
    txn_limit: 10_000,
    args: {
      user: 'synapse',
      password: 'secret',
      host: 'db.example.de',
      port: 5432,
      dbname: 'synapse',
      sslmode: 'verify-full',
      cp_min: 5,
      cp_max: 20,
      keepalives_idle: 10,
      keepalives_interval: 10,
      keepalives_count: 3,
    },
  });
  const embedded = z.object({ args: settings }).parse(render(embeddedExample)['database']);
  assert.is(embedded.args['password'], 'p@ss', 'signs that an address writes as % come out as they are');
});

test('figures and the admin API are for this machine: no listener on all addresses, no federation', () => {
  const listeners = z
    .array(z.object({ type: z.string(), bind_addresses: z.array(z.string()), x_forwarded: z.boolean().optional() }))
    .parse(render()['listeners']);
  for (const { bind_addresses: addresses } of listeners) assert.equal(addresses, ['127.0.0.1']);
  assert.is(listeners[0]?.x_forwarded, true, 'the proxy tells truncated addresses');
  assert.not.match(JSON.stringify(render()['listeners']), 'federation');
});

test('key servers come from the config, and none are asked by default', () => {
  assert.equal(render()['trusted_key_servers'], [{ server_name: 'matrix.org' }]);
  assert.equal(render(embeddedExample)['trusted_key_servers'], []);
});

test('each setting has its reason above it', () => {
  const text = renderHomeserver(productionExample(), exampleSecrets, { paths });
  const lines = text.split('\n');
  const bare = lines.filter((line, index) => /^[a-z_]+:/.test(line) && !/^# .{10,}/.test(lines[index - 1] ?? ''));
  assert.equal(bare, []);
});

test('a setting given twice is refused, because Synapse would take the last in silence', () => {
  const twice = [setting('report_stats', false, 'first'), setting('report_stats', true, 'second')];
  assert.throws(() => renderSettings('title', twice), /report_stats is given twice/);
});

test("Synapse's log has no access log and nothing below warnings", () => {
  for (const config of [productionExample(), embeddedExample]) {
    const log = z
      .object({ root: z.object({ level: z.string() }), loggers: z.record(z.string(), z.object({ level: z.string() })) })
      .parse(parse(renderLogConfig(config, '/srv/synapse')));
    assert.is(log.root.level, 'WARNING');
    for (const [name, { level }] of Object.entries(log.loggers)) assert.is(level, 'WARNING', name);
  }
});

test.run();
