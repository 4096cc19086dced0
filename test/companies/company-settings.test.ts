import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { applyPatch, changedSettings, companySettings, companySettingsPatch } from '../../appservice/companies/company-settings.ts';
import { companyName, slug, userId } from '../../appservice/companies/company-wire.ts';
import { missingRequirements, statusOf, type CompanyFacts } from '../../appservice/companies/company.ts';

const refused = (patch: unknown): string | undefined => companySettingsPatch.safeParse(patch).error?.issues[0]?.path.join('.');

const BAD: [string, unknown, string][] = [
  ['an origin with a path', { origins: ['https://acme.example/shop'] }, 'origins.0'],
  ['an origin that is no address', { origins: ['javascript:alert(1)'] }, 'origins.0'],
  ['an origin with a wildcard', { origins: ['https://*.acme.example/'] }, 'origins.0'],
  ['a colour by name', { color: 'red' }, 'color'],
  ['another language', { locale: 'fr' }, 'locale'],
  ['an imprint that is a script', { imprintUrl: 'javascript:alert(1)' }, 'imprintUrl'],
  ['a title with a line feed', { texts: { de: { title: 'a\nb' } } }, 'texts.de.title'],
  ['a title that turns the writing direction', { texts: { de: { title: 'a\u202eb' } } }, 'texts.de.title'],
  ['a greeting with NUL', { texts: { en: { greeting: 'a\u0000b' } } }, 'texts.en.greeting'],
  ['texts of another language', { texts: { fr: { title: 'a' } } }, 'texts'],
  ['a time zone that is none', { businessHours: { timeZone: 'Mars/Base', open: [] } }, 'businessHours.timeZone'],
  [
    'hours that end before they begin',
    { businessHours: { timeZone: 'Europe/Berlin', open: [{ day: 'monday', from: '18:00', to: '08:00' }] } },
    'businessHours.open.0.to',
  ],
  [
    'a time that is none',
    { businessHours: { timeZone: 'Europe/Berlin', open: [{ day: 'monday', from: '25:00', to: '26:00' }] } },
    'businessHours.open.0.from',
  ],
  ['a retention of nothing', { retentionDays: 0 }, 'retentionDays'],
  ['a routing that is none', { routing: 'random' }, 'routing'],
  ['a homeserver with a path', { homeserver: 'acme.example/x' }, 'homeserver'],
  ['a homeserver in capitals', { homeserver: 'ACME.example' }, 'homeserver'],
  ['a listing that is neither yes nor no', { listed: 'yes' }, 'listed'],
  ['a setting that is none', { colour: '#ffffff' }, ''],
];

for (const [what, patch, path] of BAD) test(`${what} is refused`, () => assert.is(refused(patch), path));

test('a company without settings has all defaults', () => {
  assert.equal(companySettings.parse({}).origins, []);
  assert.is(companySettings.parse({}).reopenDays, 14);
  assert.is(companySettings.parse({}).listed, false, 'nobody is in the directory who did not ask for it');
});

test('a patch changes what it names and nothing else', () => {
  const before = companySettings.parse({ color: '#112233', locale: 'en' });
  const after = applyPatch(before, companySettingsPatch.parse({ color: '#445566' }));
  assert.equal(after, { ...before, color: '#445566' });
  assert.equal(companySettingsPatch.parse({}), {});
});

test('what changed is told by name', () => {
  const before = companySettings.parse({});
  assert.equal(changedSettings(before, { ...before, color: '#445566', origins: ['https://a.example'] }), ['origins', 'color']);
  assert.equal(changedSettings(before, { ...before }), []);
});

test('slugs, names and Matrix ids that could confuse are refused', () => {
  for (const bad of ['a', 'A-b', '1a', 'a_b', 'a b', 'ä', 'a'.repeat(32), '../x', 'a:b']) assert.not.ok(slug.safeParse(bad).success, bad);
  for (const good of ['ab', 'a-1', 'a'.repeat(31)]) assert.ok(slug.safeParse(good).success, good);
  for (const bad of ['', '   ', 'a\r\nb', 'a\u0000', '\u202eabc', 'x'.repeat(121)])
    assert.not.ok(companyName.safeParse(bad).success, JSON.stringify(bad));
  assert.is(companyName.parse('  Müller & Söhne 🚲 '), 'Müller & Söhne 🚲');
  for (const bad of ['anna', '@anna', '@anna:', '@an na:a.example', '@a:b/../c', '@a:b:c', '!room:a.example', '@anna:a.example\n'])
    assert.not.ok(userId.safeParse(bad).success, bad);
  for (const good of ['@anna:a.example', '@a.b_c=d-e+f:localhost:8448']) assert.ok(userId.safeParse(good).success, good);
});

const complete: CompanyFacts = {
  id: 'i' as never,
  slug: 'acme',
  bucket: '00',
  name: 'Acme',
  userId: '@c:s' as never,
  deviceId: 'D' as never,
  spaceRoomId: '!s' as never,
  teamRoomId: '!t' as never,
  logoMxc: null,
  settings: companySettings.parse({ imprintUrl: 'https://a.example/i', privacyContact: 'privacy@a.example' }),
  createdAt: new Date(),
  suspendedAt: null,
  closedAt: null,
  acceptedAgreement: '1',
};

test('a company is live when it has imprint, privacy contact, agreement and rooms, and a draft without any of them', () => {
  assert.is(statusOf(complete), 'live');
  const lacking: [Partial<CompanyFacts>, string][] = [
    [{ settings: { ...complete.settings, imprintUrl: null } }, 'imprint'],
    [{ settings: { ...complete.settings, privacyContact: null } }, 'privacyContact'],
    [{ acceptedAgreement: null }, 'processingAgreement'],
    [{ spaceRoomId: null }, 'rooms'],
    [{ teamRoomId: null }, 'rooms'],
  ];
  for (const [part, missing] of lacking) {
    assert.is(statusOf({ ...complete, ...part }), 'draft', missing);
    assert.equal(missingRequirements({ ...complete, ...part }), [missing]);
  }
});

test('suspended and closed come before everything else', () => {
  assert.is(statusOf({ ...complete, suspendedAt: new Date() }), 'suspended');
  assert.is(statusOf({ ...complete, suspendedAt: new Date(), closedAt: new Date() }), 'closed');
  assert.is(statusOf({ ...complete, acceptedAgreement: null, suspendedAt: new Date() }), 'suspended');
});

test.run();
