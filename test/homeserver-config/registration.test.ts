import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { z } from 'zod';
import { createNames } from '../../appservice/matrix/names.ts';
import { renderRegistration } from '../../homeserver-config/synapse/registration.ts';
import { embeddedExample, exampleSecrets, productionExample } from './example-config.ts';

const owned = z.object({ exclusive: z.literal(true), regex: z.string() });
const shared = z.object({ exclusive: z.literal(false), regex: z.string() });
const registrationSchema = z.looseObject({
  namespaces: z.object({ users: z.tuple([owned]), aliases: z.tuple([owned, shared]), rooms: z.tuple([]) }),
});

function rendered(config = productionExample()) {
  return registrationSchema.parse(parse(renderRegistration(config, exampleSecrets)));
}

/** As Synapse matches: from the beginning, not to the end. */
function expression(kind: 'users' | 'aliases', config = productionExample()): RegExp {
  return new RegExp(`^(?:${rendered(config).namespaces[kind][0].regex})`);
}

test('the registration has both keys for typing and receipts, because Synapse and the bridge library know one each', () => {
  const registration = rendered();
  assert.is(registration['receive_ephemeral'], true);
  assert.is(registration['de.sorunome.msc2409.push_ephemeral'], true);
});

test('ghosts are not limited, and the tokens are those of the secrets', () => {
  const registration = rendered(embeddedExample);
  assert.is(registration['rate_limited'], false);
  assert.is(registration['sender_localpart'], 'smoope');
  assert.is(registration['as_token'], exampleSecrets.appserviceToken);
  assert.is(registration['hs_token'], exampleSecrets.homeserverToken);
  assert.is(registration['url'], embeddedExample.appservice.url);
});

test('the namespaces hold all names that the service makes', () => {
  const names = createNames('example.de');
  const users = [names.companyGhost('0a', 'acme'), names.newVisitorGhost('ff'), names.serviceAccount('00', 'acme', 'bot')];
  for (const user of users) assert.match(user, expression('users'));
  for (const alias of [names.spaceAlias('0a', 'acme'), names.teamAlias('ff', 'acme')]) assert.match(alias, expression('aliases'));
});

test('the list of companies is one for all registrations, so none of them owns its name alone', () => {
  const list = rendered().namespaces.aliases[1].regex;
  assert.match(createNames('example.de').companyListAlias, new RegExp(list));
  assert.not.match('#smoope_companies:example.de.other.example', new RegExp(list));
});

test('nobody else is in the namespaces: users of other servers, people, look-alikes', () => {
  const strangers = [
    '@visitor_0a_x:other.example',
    '@visitor_0a_x:example.de.other.example',
    '@visitor_0a_x:exampleXde',
    '@visitor_0a_x:example.de:8448',
    '@anna:example.de',
    '@visitor_zz_x:example.de',
    '@visitor_0A_x:example.de',
    '@xvisitor_0a_x:example.de',
    '@company_0a:example.de',
  ];
  for (const stranger of strangers) assert.not.match(stranger, expression('users'));
  for (const alias of ['#space_0a_acme:other.example', '#general:example.de']) assert.not.match(alias, expression('aliases'));
});

test('a registration of some buckets owns those and no others', () => {
  const config = productionExample({ appservice: { ...productionExample().appservice, buckets: '0e-11' } });
  for (const bucket of ['0e', '0f', '10', '11']) assert.match(`@visitor_${bucket}_x:example.de`, expression('users', config));
  for (const bucket of ['0d', '12', 'ff']) assert.not.match(`@visitor_${bucket}_x:example.de`, expression('users', config));
});

test('buckets that run backwards are refused', () => {
  const config = productionExample({ appservice: { ...productionExample().appservice, buckets: '20-10' } });
  assert.throws(() => renderRegistration(config, exampleSecrets), /appservice\.buckets: 20-10/);
});

test.run();
