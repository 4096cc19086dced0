import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ensureOperatorCompany } from '../../appservice/companies/operator-company.ts';
import { productionExample } from '../homeserver-config/example-config.ts';
import { startOperatorApi, type OperatorApiTest } from './operator-api-fixture.ts';

const operatorCompany = suite<{ api: OperatorApiTest }>('operator as a company');

operatorCompany.before(async (context) => {
  context.api = await startOperatorApi();
});

operatorCompany.after(async ({ api }) => {
  await api.close();
});

const CONFIG = productionExample();

operatorCompany('at the first start the operator is a live company with its own pages', async ({ api }) => {
  await ensureOperatorCompany(api, CONFIG);
  const company = await api.companies.findBySlug('operator');
  assert.is(company?.status, 'live');
  assert.is(company?.name, CONFIG.operator.name);
  assert.is(company?.settings.listed, true);
  assert.equal(company?.settings.origins, ['https://chat.example.de']);
  assert.is(company?.settings.imprintUrl, 'https://chat.example.de/imprint');
  assert.is(company?.settings.privacyUrl, 'https://chat.example.de/privacy');
});

operatorCompany('a later start changes nothing that the operator changed', async ({ api }) => {
  await api.service.rename('system', 'operator', 'New Name');
  await api.service.updateSettings('system', 'operator', { color: '#112233' });
  const lines = (await api.audit()).length;
  await ensureOperatorCompany(api, CONFIG);
  const company = await api.companies.findBySlug('operator');
  assert.is(company?.name, 'New Name');
  assert.is(company?.settings.color, '#112233');
  assert.is((await api.audit()).length, lines, 'nothing was done');
});

operatorCompany('a start without homeserver is finished by the next one', async ({ api }) => {
  const config = { ...CONFIG, operator: { ...CONFIG.operator, slug: 'second' } };
  api.matrix.down = true;
  await ensureOperatorCompany(api, config).catch(() => undefined);
  api.matrix.down = false;
  assert.is((await api.companies.findBySlug('second'))?.status, 'draft');
  await ensureOperatorCompany(api, config);
  assert.is((await api.companies.findBySlug('second'))?.status, 'live');
});

operatorCompany('a closed company stays closed', async ({ api }) => {
  await api.service.close('system', 'second');
  await ensureOperatorCompany(api, { ...CONFIG, operator: { ...CONFIG.operator, slug: 'second' } });
  assert.is((await api.companies.findBySlug('second'))?.status, 'closed');
});

operatorCompany.run();
