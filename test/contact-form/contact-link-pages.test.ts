import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Company } from '../../appservice/companies/company.ts';
import { contactFormRoutes, type ContactTemplates } from '../../appservice/contact-form/contact-form-routes.ts';
import type { ContactFormService } from '../../appservice/contact-form/contact-form-service.ts';
import { createRateLimit, RATE_LIMITS } from '../../appservice/http/rate-limit.ts';
import { renderLinkPage } from '../../web-client/contact-form/sent-page.ts';
import { startServer, type TestServer } from '../http/http-fixture.ts';

const ASSETS = { style: '/assets/contact-1.css', script: '/assets/contact-proof-1.js' };
const GOOD = 'c_0123456789';

/** What is not asked on the way of a link; asking it ends the test. */
function none<Whole>(parts: Partial<Whole>): Whole {
  return new Proxy({ ...parts } as Whole & object, {
    get: (target, name) =>
      name in target
        ? target[name as keyof typeof target]
        : () => {
            throw new Error(`${String(name)} is not for links`);
          },
  });
}

const company = { slug: 'acme', name: 'Acme', logoMxc: null, settings: { origins: [] } } as unknown as Company;

const links = suite<{ server: TestServer; opened: string[] }>('pages of one-time links');

links.before.each(async (context) => {
  context.opened = [];
  const service = none<ContactFormService>({
    openLink: async (_company, code) => {
      context.opened.push(code);
      return code === GOOD ? 'v_token' : undefined;
    },
  });
  const rules = { ...RATE_LIMITS, 'try-link': [{ points: 2, seconds: 60, per: 'network' as const }] };
  const routes = contactFormRoutes({
    findCompany: async (slug) => (slug === company.slug ? company : undefined),
    service,
    templates: none<ContactTemplates>({ link: (page, state) => renderLinkPage(page, state, ASSETS) }),
    colorSheet: () => '',
    rateLimit: createRateLimit({ hashKey: 'a key of this test', rules }),
    cookieSeconds: 60,
    serviceName: 'smoope',
    publicOrigin: 'https://chat.example',
    headers: { publicOrigin: 'https://chat.example' },
  });
  context.server = await startServer({ routes });
});
links.after.each(({ server }) => server.close());

const ask = (server: TestServer, method: 'GET' | 'POST', code: string, language = 'de'): Promise<Response> =>
  fetch(`${server.origin}/contact/acme/open/${code}`, { method, redirect: 'manual', headers: { 'accept-language': language } });

links('looking at a link does not use it up, and opening it leads to the conversation', async ({ server, opened }) => {
  const seen = await ask(server, 'GET', GOOD);
  assert.is(seen.status, 200);
  assert.match(await seen.text(), '<form method="post"><button>Gespräch öffnen</button>');
  assert.equal(opened, []);
  const gone = await ask(server, 'POST', GOOD);
  assert.is(gone.status, 303);
  assert.is(gone.headers.get('location'), '/contact/acme/conversation#latest');
});

links('who follows half a link reads a page that says what to do', async ({ server, opened }) => {
  for (const method of ['GET', 'POST'] as const) {
    const half = await ask(server, method, 'c_01');
    assert.is(half.status, 410);
    assert.match(half.headers.get('content-type') ?? '', 'text/html');
    assert.match(await half.text(), 'Hier ist kein Gespräch offen');
  }
  assert.equal(opened, [], 'nothing was looked up');
});

links('who tries too many links reads a page that says when to try again, and the link stays good', async ({ server, opened }) => {
  for (const code of ['c_wrong_code_1', 'c_wrong_code_2']) assert.is((await ask(server, 'POST', code)).status, 410);
  for (const [language, words] of [
    ['de', 'Ihr Link bleibt gültig; bitte versuchen Sie es in einer Minute noch einmal.'],
    ['en', 'Your link stays good; please try again in a minute.'],
  ] as const) {
    const busy = await ask(server, 'POST', GOOD, language);
    assert.is(busy.status, 429);
    assert.match(busy.headers.get('content-type') ?? '', 'text/html');
    const seconds = Number(busy.headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 60, String(seconds));
    const html = await busy.text();
    assert.match(html, words);
    assert.match(html, '<form method="post"><button>');
  }
  assert.not(opened.includes(GOOD));
});

links.run();
