import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeFromText, placeToText } from '../../appservice/companies/company-directory.ts';
import type { CompanyProfile, DirectoryPage } from '../../appservice/companies/company-directory-wire.ts';
import { startOperatorApi, TUESDAY_NOON, type OperatorApiTest } from './operator-api-fixture.ts';

type Context = { api: OperatorApiTest };
type Answer = { status: number; text: string; cache: string | null };

const directory = suite<Context>('the directory of companies');

directory.before(async (context) => {
  context.api = await startOperatorApi();
});
directory.after(({ api }) => api.close());

const OPEN = { imprintUrl: 'https://acme.example/imprint', privacyContact: 'privacy@acme.example' };

async function addCompany({ api }: Context, slug: string, name: string, settings: object = {}, version = '2026-11'): Promise<void> {
  await api.service.create('system', { slug, name, settings: { ...OPEN, listed: true, ...settings } });
  if (version !== '') await api.service.acceptAgreement('system', slug, { version, acceptedBy: 'Erika Muster' });
}

async function ask({ api }: Context, path: string): Promise<Answer> {
  const response = await fetch(`${api.origin}/api/v1/companies${path}`);
  return { status: response.status, text: await response.text(), cache: response.headers.get('cache-control') };
}

async function namesOf(context: Context, query: string): Promise<string[]> {
  const { status, text } = await ask(context, query);
  assert.is(status, 200, text);
  return (JSON.parse(text) as DirectoryPage).companies.map(({ name }) => name);
}

directory('is empty where nobody let themselves be found', async (context) => {
  await addCompany(context, 'silent', 'Silent AG', { listed: false });
  assert.equal(JSON.parse((await ask(context, '')).text), { companies: [], next: null });
});

directory('names live companies that asked for it, by name, and nobody else', async (context) => {
  await addCompany(context, 'zoo', 'Zoo am Fluss');
  await addCompany(context, 'oil', 'Ölmühle Größer');
  await addCompany(context, 'orange', 'orange Räder GmbH', { color: '#ffff00' });
  await addCompany(context, 'draft', 'Otto Entwurf', {}, '');
  await addCompany(context, 'suspended', 'Otto Ruhig');
  await addCompany(context, 'closed', 'Otto Weg');
  await context.api.service.suspend('system', 'suspended');
  await context.api.service.close('system', 'closed');
  assert.equal(await namesOf(context, ''), ['Ölmühle Größer', 'orange Räder GmbH', 'Zoo am Fluss']);
});

directory('is searched by words of a name, whatever their case, accents and order', async (context) => {
  await addCompany(context, 'zhuk', 'Жук и Ко');
  const found: [string, string[]][] = [
    ['OLMUHLE', ['Ölmühle Größer']],
    ['grösser', ['Ölmühle Größer']],
    ['gmbh  rader', ['orange Räder GmbH']],
    ['жУК', ['Жук и Ко']],
    ['%', []],
    ['silent', []],
    ['otto', []],
    [' ', ['Ölmühle Größer', 'orange Räder GmbH', 'Zoo am Fluss', 'Жук и Ко']],
  ];
  for (const [search, names] of found) assert.equal(await namesOf(context, `?search=${encodeURIComponent(search)}`), names, search);
});

directory('is read in pages, each of which goes on where the one before ended, also when that company has gone', async (context) => {
  const first = JSON.parse((await ask(context, '?limit=2')).text) as DirectoryPage;
  assert.equal(
    first.companies.map(({ slug }) => slug),
    ['oil', 'orange'],
  );
  await context.api.service.updateSettings('system', 'orange', { listed: false });
  const rest = JSON.parse((await ask(context, `?limit=2&from=${first.next ?? ''}`)).text) as DirectoryPage;
  assert.equal(
    rest.companies.map(({ slug }) => slug),
    ['zoo', 'zhuk'],
  );
  assert.is(rest.next, null, 'the last page says so');
  await context.api.service.updateSettings('system', 'orange', { listed: true });
});

directory('goes on past companies that wait for what they still lack', async (context) => {
  for (const number of [1, 2, 3]) await addCompany(context, `waiting-${number}`, `Aal ${number}`, {}, '');
  assert.equal(await namesOf(context, '?limit=1'), ['Ölmühle Größer']);
});

directory('refuses pages without bounds, places that are none, and searches that could confuse', async (context) => {
  const refused: [string, string][] = [
    ['?limit=0', 'query.limit'],
    ['?limit=101', 'query.limit'],
    ['?from=x', 'query.from'],
    [`?from=${Buffer.from('["a\\u0000","zoo"]').toString('base64url')}`, 'query.from'],
    [`?search=${'a'.repeat(101)}`, 'query.search'],
    ['?search=a%00', 'query.search'],
  ];
  for (const [query, field] of refused) {
    const { status, text } = await ask(context, query);
    assert.is(status, 400, query);
    assert.is((JSON.parse(text) as { field: string }).field, field, query);
  }
  assert.equal(placeFromText(placeToText({ name: 'Größer "&', slug: 'zoo' })), { name: 'Größer "&', slug: 'zoo' });
});

directory('tells of a company what it says of itself, and when somebody answers', async (context) => {
  const { api } = context;
  const open = [{ day: 'tuesday' as const, from: '13:00', to: '17:00' }];
  await api.service.updateSettings('system', 'zoo', {
    businessHours: { timeZone: 'Europe/Berlin', open },
    texts: { de: { greeting: 'Guten Tag', welcome: 'Nur im Gespräch' } },
  });
  const { text, cache } = await ask(context, '/zoo');
  const company = JSON.parse(text) as CompanyProfile;
  assert.is(company.imprintUrl, OPEN.imprintUrl);
  assert.is(company.privacyPage, '/privacy/zoo');
  assert.is(company.matrixUserId, '@company_ab_zoo:smoope.localhost');
  assert.equal(company.texts, { de: { greeting: 'Guten Tag' } });
  assert.equal([company.openNow, company.opensAt], [false, TUESDAY_NOON.getTime() + 3_600_000]);
  assert.equal(company.businessHours?.open, open);
  assert.is(cache, 'public, max-age=60');
  const orange = JSON.parse((await ask(context, '/orange')).text) as CompanyProfile;
  assert.equal([orange.businessHours, orange.openNow, orange.opensAt], [null, true, null]);
  assert.is.not(orange.onColor, '#ffffff', 'text on yellow can be read');
});

directory('a logo is named once there is one', async (context) => {
  const { api } = context;
  assert.is((JSON.parse((await ask(context, '/zoo')).text) as CompanyProfile).logo, null);
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  await api.service.setLogo('system', 'zoo', png.toString('base64'));
  const { logo } = JSON.parse((await ask(context, '/zoo')).text) as CompanyProfile;
  assert.is((await fetch(`${api.origin}${logo ?? ''}`)).status, 200);
});

directory('answers alike for a company that is not listed, not live, or not there', async (context) => {
  const nobody = await ask(context, '/nobody');
  assert.is(nobody.status, 404);
  for (const slug of ['silent', 'draft', 'suspended', 'closed']) assert.equal(await ask(context, `/${slug}`), nobody, slug);
});

directory('forgets a company that takes its name out again', async (context) => {
  await context.api.service.updateSettings('system', 'zoo', { listed: false });
  assert.equal(await namesOf(context, '?search=zoo'), []);
  assert.is((await ask(context, '/zoo')).status, 404);
});

directory('reads companies from before there was a directory as not listed', async (context) => {
  await context.api
    .database('company')
    .where({ slug: 'orange' })
    .update({ settings: JSON.stringify(OPEN) });
  assert.equal(await namesOf(context, '?search=orange'), []);
  assert.is((await ask(context, '/orange')).status, 404);
});

directory.run();
