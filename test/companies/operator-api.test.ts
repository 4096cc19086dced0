import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { list } from '../../appservice/audit/audit-log.ts';
import { issueOperatorToken, revokeOperatorToken } from '../../appservice/operator/operator-token.ts';
import { startOperatorApi, SERVER, type OperatorApiTest } from './operator-api-fixture.ts';

const api = suite<{ api: OperatorApiTest }>('operator API');
const ANNA = `@anna:${SERVER}`;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

api.before(async (context) => {
  context.api = await startOperatorApi();
});

api.after(async (context) => {
  await context.api.close();
});

let count = 0;
async function newCompany({ call }: OperatorApiTest, settings: unknown = {}): Promise<string> {
  count += 1;
  const slug = `acme-${count}`;
  assert.is((await call('POST', '/companies', { slug, name: 'Acme GmbH', settings })).status, 201);
  return slug;
}

api('nobody without a token, with a wrong or a revoked one, gets in', async (context) => {
  const { origin, database } = context.api;
  const ask = async (headers: Record<string, string>): Promise<string> => {
    const response = await fetch(`${origin}/api/v1/operator/companies`, { headers });
    return `${response.status} ${((await response.json()) as { errcode: string }).errcode}`;
  };
  const { id, token } = await issueOperatorToken(database, 'short-lived');
  assert.is(await ask({}), '401 M_MISSING_TOKEN');
  assert.is(await ask({ authorization: 'Bearer o_wrongwrongwrong' }), '401 M_UNKNOWN_TOKEN');
  assert.is(await ask({ authorization: `Bearer ${token}` }), '200 undefined');
  await revokeOperatorToken(database, id);
  assert.is(await ask({ authorization: `Bearer ${token}` }), '401 M_UNKNOWN_TOKEN');
});

api('a company is made, and is a draft until it has what the law asks for', async (context) => {
  const { call } = context.api;
  const slug = await newCompany(context.api);
  const shown = await call('GET', `/companies/${slug}`);
  assert.is(shown.body['status'], 'draft');
  assert.equal(shown.body['missing'], ['imprint', 'privacyContact', 'processingAgreement']);
  await call('PATCH', `/companies/${slug}/settings`, {
    imprintUrl: 'https://acme.example/imprint',
    privacyContact: 'privacy@acme.example',
  });
  const live = await call('POST', `/companies/${slug}/agreement`, { version: '2026-11', acceptedBy: 'Erika Mustermann, CEO' });
  assert.is(live.body['status'], 'live');
  assert.is((live.body['agreement'] as { version: string }).version, '2026-11');
});

api('the same again is the same company, another name is a conflict', async (context) => {
  const { call } = context.api;
  const slug = await newCompany(context.api);
  assert.is((await call('POST', '/companies', { slug, name: 'Acme GmbH' })).status, 200);
  const other = await call('POST', '/companies', { slug, name: 'Other' });
  assert.is(other.status, 409);
  assert.is(other.body['errcode'], 'COM_SMOOPE_CONFLICT');
});

api('while the homeserver is away a company is begun, and the same request finishes it', async (context) => {
  const { call, matrix, companies } = context.api;
  matrix.down = true;
  const wanted = { slug: 'begun', name: 'Begun AG' };
  const first = await call('POST', '/companies', wanted);
  matrix.down = false;
  assert.is(first.status, 503);
  assert.is(first.body['errcode'], 'COM_SMOOPE_HOMESERVER_UNAVAILABLE');
  assert.is((await companies.findBySlug('begun'))?.teamRoomId, null);
  const second = await call('POST', '/companies', wanted);
  assert.is(second.status, 200);
  assert.ok(second.body['teamRoomId']);
});

api('settings keep what is not named, and every refusal names its field', async (context) => {
  const { call } = context.api;
  const slug = await newCompany(context.api, { color: '#112233' });
  await call('PATCH', `/companies/${slug}/settings`, { locale: 'en' });
  const { settings } = (await call('GET', `/companies/${slug}`)).body as { settings: Record<string, unknown> };
  assert.is(settings['locale'], 'en');
  assert.is(settings['color'], '#112233');
  const refusals: [string, string, unknown, string][] = [
    ['PATCH', '/settings', { color: 'red' }, 'body.color'],
    ['PATCH', '/settings', { retentionDays: 0.5 }, 'body.retentionDays'],
    ['PATCH', '/settings', { retentionDays: 10_000 }, 'body.retentionDays'],
    ['PATCH', '/settings', { homeserver: SERVER }, 'body.homeserver'],
    ['PATCH', '/settings', { unknown: 1 }, 'body.unknown'],
    ['PUT', '/name', { name: 'a\nb' }, 'body.name'],
    ['PUT', '/name', {}, 'body.name'],
    ['POST', '/agreement', { version: 'old', acceptedBy: 'E. M.' }, 'body.version'],
    ['POST', '/members', { userId: 'anna', role: 'agent' }, 'body.userId'],
    ['POST', '/members', { userId: ANNA, role: 'owner' }, 'body.role'],
    ['POST', '/members', { userId: `@company_ab_x:${SERVER}`, role: 'agent' }, 'body.userId'],
    ['POST', '/members', { userId: '@anna:elsewhere.example', role: 'agent' }, 'body.userId'],
    ['POST', '/service-accounts', { name: 'A B' }, 'body.name'],
    ['PUT', '/logo', { image: Buffer.from('<svg/>    ').toString('base64') }, 'body.image'],
    ['PUT', '/logo', { image: 'no base64!' }, 'body.image'],
  ];
  for (const [method, path, body, field] of refusals) {
    const refused = await call(method, `/companies/${slug}${path}`, body);
    assert.is(refused.status, 400, `${method} ${path}: ${JSON.stringify(refused.body)}`);
    assert.is(refused.body['field'], field, `${method} ${path}`);
  }
  assert.equal((await call('GET', `/companies/${slug}`)).body['settings'], settings);
  assert.is((await call('POST', '/companies', { slug: 'x y', name: 'X' })).body['field'], 'body.slug');
  assert.is(
    (await call('POST', '/companies', { slug: 'fine', name: 'X', settings: { retentionDays: 9999 } })).body['field'],
    'body.settings.retentionDays',
  );
  assert.is((await call('GET', '/companies/fine')).status, 404);
});

api('a company that nobody has is 404 on every route', async (context) => {
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['PUT', '/name', { name: 'N' }],
    ['PATCH', '/settings', {}],
    ['POST', '/suspend', undefined],
    ['POST', '/repair', undefined],
    ['GET', '/members', undefined],
    ['POST', '/members', { userId: ANNA, role: 'agent' }],
    ['DELETE', `/members/${ANNA}`, undefined],
    ['GET', '/service-accounts', undefined],
    ['DELETE', '/service-accounts/crm', undefined],
  ] as const) {
    const answer = await context.api.call(method, `/companies/nobody-here${path}`, body);
    assert.is(`${answer.status} ${String(answer.body['errcode'])}`, '404 M_NOT_FOUND', `${method} ${path}`);
  }
});

api('members are added, changed, removed and come back; Matrix follows from the outbox', async (context) => {
  const { call, outbox, database } = context.api;
  const slug = await newCompany(context.api);
  await database('outbox').delete();
  const added = await call('POST', `/companies/${slug}/members`, { userId: ANNA, role: 'agent', displayName: 'Anna' });
  assert.is(added.status, 200);
  const changed = await call('POST', `/companies/${slug}/members`, { userId: ANNA, role: 'admin' });
  assert.equal(changed.body, { ...added.body, role: 'admin' });
  assert.is((await call('DELETE', `/companies/${slug}/members/${encodeURIComponent(ANNA)}`)).status, 204);
  assert.is((await call('DELETE', `/companies/${slug}/members/${encodeURIComponent(ANNA)}`)).status, 404);
  assert.equal((await call('GET', `/companies/${slug}/members`)).body, { members: [] });
  const back = await call('POST', `/companies/${slug}/members`, { userId: ANNA, role: 'agent' });
  assert.is.not(back.body['id'], added.body['id']);
  assert.is(back.body['displayName'], null);
  assert.equal(
    (await outbox()).map(({ action }) => action),
    ['inviteMember', 'inviteMember', 'removeMember', 'inviteMember'],
  );
});

api('a user who does not exist is no member', async (context) => {
  const slug = await newCompany(context.api);
  context.api.matrix.missing.add(ANNA);
  const refused = await context.api.call('POST', `/companies/${slug}/members`, { userId: ANNA, role: 'agent' });
  context.api.matrix.missing.clear();
  assert.is(refused.body['field'], 'body.userId');
});

api("members of the company's own homeserver keep it in the settings", async (context) => {
  const { call } = context.api;
  const slug = await newCompany(context.api, { homeserver: 'acme.example' });
  assert.is((await call('POST', `/companies/${slug}/members`, { userId: '@bob:acme.example', role: 'agent' })).status, 200);
  const refused = await call('PATCH', `/companies/${slug}/settings`, { homeserver: null });
  assert.is(`${refused.status} ${String(refused.body['field'])}`, '409 body.homeserver');
  await call('DELETE', `/companies/${slug}/members/${encodeURIComponent('@bob:acme.example')}`);
  assert.is((await call('PATCH', `/companies/${slug}/settings`, { homeserver: null })).status, 200);
});

api('a service account has its token once, and revoking signs it out', async (context) => {
  const { call, matrix, database } = context.api;
  const slug = await newCompany(context.api);
  const issued = await call('POST', `/companies/${slug}/service-accounts`, { name: 'crm' });
  assert.is(issued.status, 201);
  assert.match(String(issued.body['accessToken']), 'token of');
  assert.not.match(JSON.stringify((await call('GET', `/companies/${slug}/service-accounts`)).body), 'token of');
  assert.not.match(JSON.stringify([await database('service_account'), await database('audit_log'), await database('outbox')]), 'token of');
  assert.is((await call('POST', `/companies/${slug}/service-accounts`, { name: 'crm' })).status, 409);
  const userId = String(issued.body['userId']);
  assert.is((await call('DELETE', `/companies/${slug}/members/${encodeURIComponent(userId)}`)).status, 409);
  assert.is((await call('DELETE', `/companies/${slug}/service-accounts/crm`)).status, 204);
  assert.ok(matrix.signedOut.includes(userId));
  assert.equal((await call('GET', `/companies/${slug}/members`)).body, { members: [] });
  assert.is((await call('DELETE', `/companies/${slug}/service-accounts/crm`)).status, 204);
  assert.is((await call('POST', `/companies/${slug}/service-accounts`, { name: 'crm' })).status, 201);
});

api('a service account that cannot sign in is not left behind', async (context) => {
  const { call, matrix } = context.api;
  const slug = await newCompany(context.api);
  matrix.down = true;
  assert.is((await call('POST', `/companies/${slug}/service-accounts`, { name: 'crm' })).status, 503);
  matrix.down = false;
  assert.equal((await call('GET', `/companies/${slug}/service-accounts`)).body, { serviceAccounts: [] });
  assert.equal((await call('GET', `/companies/${slug}/members`)).body, { members: [] });
});

api('suspending shuts, resuming opens, closing is for good and takes everybody out', async (context) => {
  const { call, outbox, database } = context.api;
  const slug = await newCompany(context.api);
  await call('POST', `/companies/${slug}/members`, { userId: ANNA, role: 'agent' });
  assert.is((await call('POST', `/companies/${slug}/suspend`)).body['status'], 'suspended');
  assert.is((await call('POST', `/companies/${slug}/resume`)).body['status'], 'draft');
  await database('outbox').delete();
  assert.is((await call('POST', `/companies/${slug}/close`)).body['status'], 'closed');
  assert.equal(
    (await outbox()).map(({ action, payload }) => (action === 'removeMember' ? `${action} ${String(payload['userId'])}` : action)),
    [`removeMember ${ANNA}`, 'listCompany'],
  );
  for (const [method, path, body] of [
    ['POST', '/resume', undefined],
    ['PUT', '/name', { name: 'Again' }],
    ['POST', '/members', { userId: ANNA, role: 'agent' }],
    ['POST', '/repair', undefined],
    ['POST', '/close', undefined],
  ] as const) {
    assert.is((await call(method, `/companies/${slug}${path}`, body)).status, 409, path);
  }
  assert.is((await call('POST', '/companies', { slug, name: 'Acme GmbH' })).status, 409);
});

api('logo and member pictures are shown to anyone while the company is open, and nothing else', async (context) => {
  const { call, origin } = context.api;
  const slug = await newCompany(context.api, { imprintUrl: 'https://a.example/i', privacyContact: 'privacy@a.example' });
  const added = await call('POST', `/companies/${slug}/members`, { userId: ANNA, role: 'agent' });
  await call('PUT', `/companies/${slug}/logo`, { image: PNG.toString('base64') });
  await call('PUT', `/companies/${slug}/members/${encodeURIComponent(ANNA)}/picture`, { image: PNG.toString('base64') });
  const logo = `${origin}/api/v1/companies/${slug}/logo`;
  const picture = `${origin}/api/v1/companies/${slug}/members/${String(added.body['id'])}/picture`;
  assert.is((await fetch(logo)).status, 404, 'a draft shows nothing');
  await call('POST', `/companies/${slug}/agreement`, { version: '2026-11', acceptedBy: 'E. M.' });
  for (const address of [logo, picture]) {
    const response = await fetch(address);
    assert.is(response.status, 200);
    assert.is(response.headers.get('content-type'), 'image/png');
    assert.is(response.headers.get('x-content-type-options'), 'nosniff');
    assert.match(response.headers.get('cache-control') ?? '', 'max-age');
    assert.equal(Buffer.from(await response.arrayBuffer()), PNG);
    assert.is((await fetch(address, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } })).status, 304);
  }
  await call('DELETE', `/companies/${slug}/members/${encodeURIComponent(ANNA)}`);
  assert.is((await fetch(picture)).status, 404, 'who left is not shown');
  await call('PUT', `/companies/${slug}/logo`, { image: null });
  assert.is((await fetch(logo)).status, 404);
});

api('every call leaves a line in the audit log: reads, changes and refusals, without words or Matrix ids', async (context) => {
  const { call, audit, database, tokenId } = context.api;
  const start = (await audit()).length;
  const slug = await newCompany(context.api);
  await call('GET', '/companies');
  await call('PATCH', `/companies/${slug}/settings`, { locale: 'en', color: '#445566' });
  await call('PATCH', `/companies/${slug}/settings`, { color: 'red' });
  await call('POST', `/companies/${slug}/members`, { userId: ANNA, role: 'agent', displayName: 'Anna Secret' });
  await call('PUT', `/companies/${slug}/name`, { name: 'Secret Name' });
  await call('POST', `/companies/${slug}/agreement`, { version: '2026-11', acceptedBy: 'Erika Secret' });
  await call('GET', '/companies/nobody-here');
  await call('PATCH', `/companies/${slug}/settings`, { 'a secret key': 1 });
  await call('GET', `/audit?company=${slug}&limit=5`);
  assert.equal((await audit()).slice(start), [
    'company.create',
    'company.list',
    'company.set',
    'company.set refused M_INVALID_PARAM',
    'member.add',
    'company.rename',
    'company.agreement.accept',
    'company.show refused M_NOT_FOUND',
    'company.set refused M_INVALID_PARAM',
    'audit.list',
  ]);
  const lines = (await list(database, { limit: 10 })).toReversed();
  assert.ok(lines.every(({ actor }) => actor === `operator:${tokenId}`));
  assert.equal(lines[2]?.detail, { settings: ['locale', 'color'] });
  assert.equal(lines[3]?.detail, { refused: 'M_INVALID_PARAM', field: 'body.color' });
  assert.not.match(JSON.stringify(lines), /secret|anna|@/i);
});

api('the audit log is read page by page, newest first', async (context) => {
  const { call } = context.api;
  await newCompany(context.api);
  const ids = (body: Record<string, unknown>): number[] => (body['entries'] as { id: number }[]).map(({ id }) => id);
  const first = ids((await call('GET', '/audit?limit=2')).body);
  const second = ids((await call('GET', `/audit?limit=2&before=${first[1]}`)).body);
  assert.ok((first[0] ?? 0) > (first[1] ?? 0) && (first[1] ?? 0) > (second[0] ?? 0));
  assert.is((await call('GET', '/audit?company=nobody-here')).body['field'], 'query.company');
  assert.is((await call('GET', '/audit?limit=0')).body['field'], 'query.limit');
});

api('a change that fails leaves no row, no line and no Matrix call', async (context) => {
  const { service, companies, database } = context.api;
  const slug = await newCompany(context.api);
  const [before, lines] = [await database('outbox'), (await database('audit_log')).length];
  await database.raw("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$");
  await database.raw('create trigger refuse before insert on outbox for each statement execute function refuse()');
  try {
    await service.rename('system', slug, 'Half done');
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), 'no');
  } finally {
    await database.raw('drop function refuse() cascade');
  }
  assert.is((await companies.findBySlug(slug))?.name, 'Acme GmbH');
  assert.is((await database('audit_log')).length, lines);
  assert.equal(await database('outbox'), before);
});

api('companies are listed by slug, page by page', async (context) => {
  const { call } = context.api;
  const slugs = (body: Record<string, unknown>): string[] => (body['companies'] as { slug: string }[]).map(({ slug }) => slug);
  const all = slugs((await call('GET', '/companies?limit=500')).body);
  assert.equal(all, all.toSorted());
  const first = slugs((await call('GET', '/companies?limit=2')).body);
  assert.equal([...first, ...slugs((await call('GET', `/companies?limit=2&after=${first[1]}`)).body)], all.slice(0, 4));
});

api.run();
