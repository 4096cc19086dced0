import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DirectoryPage } from '../../../appservice/companies/company-directory-wire.ts';
import { callJson, sharedStackAccess, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { newCompany, type TestCompany } from '../test-company.ts';

type Context = { stack: StackAccess; company: TestCompany };

const directory = suite<Context>('the directory on the stack');

directory.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
});

const ask = ({ stack }: Context, path: string): Promise<JsonAnswer> => callJson(`${stack.appUrl}/api/v1/companies${path}`);

const slugsOf = async (context: Context, search: string): Promise<string[]> => {
  const { body } = await ask(context, `?search=${encodeURIComponent(search)}`);
  return (body as unknown as DirectoryPage).companies.map(({ slug }) => slug);
};

directory('the operator and the demo company stand in it from the first start', async (context) => {
  const { slug, name } = context.stack.config.operator;
  assert.ok((await slugsOf(context, name)).includes(slug));
  assert.equal(await slugsOf(context, 'RADER muster'), ['demo']);
});

directory('a company stands in it from when it asks for it until it is suspended', async (context) => {
  const { company } = context;
  assert.equal(await slugsOf(context, company.slug), []);
  const nobody = await ask(context, '/nobody');
  const unlisted = await ask(context, `/${company.slug}`);
  assert.equal([unlisted.status, unlisted.body], [404, nobody.body]);
  assert.is((await company.operate('PATCH', '/settings', { listed: true })).status, 200);
  assert.equal(await slugsOf(context, company.name.toUpperCase()), [company.slug]);
  const shown = await ask(context, `/${company.slug}`);
  assert.equal([shown.status, shown.body['matrixUserId'], shown.body['openNow']], [200, company.userId, true]);
  assert.is(shown.headers.get('cache-control'), 'public, max-age=60');
  await company.operate('POST', '/suspend');
  assert.equal(await slugsOf(context, company.slug), []);
  assert.is((await ask(context, `/${company.slug}`)).status, 404);
});

directory('its addresses have pages, also that of a company that is not in it', async ({ stack }) => {
  for (const path of ['/companies', '/companies?search=x', '/companies/demo', '/companies/nobody']) {
    const response = await fetch(`${stack.appUrl}${path}`, { headers: { accept: 'text/html' } });
    assert.is(response.status, 200, path);
    assert.match(await response.text(), '<main id="view"');
  }
});

directory.run();
