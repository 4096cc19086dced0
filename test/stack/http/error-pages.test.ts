import { randomInt } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromNetwork } from '../from-network.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';

const pages = suite<{ stack: StackAccess; ask: ReturnType<typeof fromNetwork> }>('what somebody reads whom a page is refused');

/** What a browser sends when somebody goes to an address or sends a form. */
const GOES = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate', 'accept-language': 'de' };

pages.before((context) => {
  context.stack = sharedStackAccess();
  context.ask = fromNetwork(31, randomInt(1, 250));
});

pages('an address that nobody has is a page in their language, and JSON for programs', async ({ stack, ask }) => {
  const german = await ask(`${stack.appUrl}/gibt-es-nicht`, { headers: GOES });
  assert.is(german.status, 404);
  assert.match(german.text, '<h1>Seite nicht gefunden</h1>');
  const english = await ask(`${stack.appUrl}/contact/gibt-es-nicht`, { headers: { ...GOES, 'accept-language': 'en' } });
  assert.is(english.status, 404);
  assert.match(english.text, '<h1>Page not found</h1>');
  assert.is(english.headers['cache-control'], 'no-store');
  assert.match(String(english.headers['content-security-policy']), "frame-ancestors 'none'");
  for (const path of ['/api/v1/gibt-es-nicht', '/oidc/gibt-es-nicht']) {
    assert.match((await ask(`${stack.appUrl}${path}`, { headers: GOES })).text, '"M_UNRECOGNIZED"');
  }
});

pages('a form of another website is refused with a page that says that nothing happened', async ({ stack, ask }) => {
  const headers = { ...GOES, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  for (const path of ['/contact/demo', '/account/sign-in/abcdefghijklmnopqrstuv/methods/phone']) {
    const { status, text } = await ask(`${stack.appUrl}${path}`, { method: 'POST', headers, body: {} });
    assert.is(status, 403, path);
    assert.match(text, '<h1>Das kam von einer anderen Website</h1>', path);
  }
  const api = await ask(`${stack.appUrl}/api/v1/account`, { method: 'DELETE', headers });
  assert.match(api.text, '"errcode"');
});

pages('an address of a sign-in that cannot be one is a page as well', async ({ stack, ask }) => {
  const short = await ask(`${stack.appUrl}/account/sign-in/kurz`, { headers: GOES });
  assert.equal([short.status, /<h1>Damit können wir nichts anfangen/.test(short.text)], [400, true]);
  const over = await ask(`${stack.appUrl}/account/sign-in/abcdefghijklmnopqrstuv`, { headers: GOES });
  assert.equal([over.status, /<h1>Diese Anmeldung ist beendet/.test(over.text)], [410, true]);
});

pages.run();
