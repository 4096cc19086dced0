import { request } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError, type ErrorCode } from '../../appservice/errors.ts';
import { route, type Route } from '../../appservice/http/route.ts';
import { shellPage } from '../../appservice/http/shell-page.ts';
import { startServer, type TestServer } from './http-fixture.ts';

const failing = (path: string, thrown: Error): Route =>
  shellPage({
    path,
    summary: 'A page of the test.',
    limit: 'browse',
    before: async () => {
      throw thrown;
    },
    render: () => 'never shown',
  });

const refusing = (path: string, code: ErrorCode, retryAfterMs?: number): Route =>
  failing(path, new ApiError(code, 'For programs.', retryAfterMs === undefined ? {} : { retryAfterMs }));

const routes = [
  refusing('/away', 'COM_SMOOPE_HOMESERVER_UNAVAILABLE', 2500),
  refusing('/busy', 'M_LIMIT_EXCEEDED', 1000),
  refusing('/over', 'COM_SMOOPE_SIGN_IN_ENDED'),
  refusing('/gone', 'M_NOT_FOUND'),
  refusing('/odd', 'M_INVALID_PARAM'),
  failing('/fault', new Error('duplicate key (email)=(erika@example.de)')),
  refusing('/api/v1/away', 'COM_SMOOPE_HOMESERVER_UNAVAILABLE', 2500),
  route({ method: 'post', path: '/account/form', summary: 'A form.', auth: 'page', responses: { 200: { description: 'Taken.' } } }, () => ({
    status: 200,
    body: 'taken',
  })),
];

/** As a browser asks when somebody goes to an address, and as a script does. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const GOES = { ...BROWSER, 'sec-fetch-mode': 'navigate' };
const SCRIPT = { accept: '*/*', 'sec-fetch-mode': 'cors' };

type Got = { readonly status: number; readonly headers: Headers; readonly text: string };

/** Asks as a browser does: `fetch` would say by itself that a script asks. */
function ask(address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET', body = ''): Promise<Got> {
  const { promise, resolve, reject } = Promise.withResolvers<Got>();
  request(address, { method, headers }, (response) => {
    readAll(response).then(
      (text) => resolve({ status: response.statusCode ?? 0, headers: new Headers(response.headers as Record<string, string>), text }),
      reject,
    );
  })
    .on('error', reject)
    .end(body);
  return promise;
}

const pages = suite<{ server: TestServer }>('error pages');
pages.before(async (context) => {
  context.server = await startServer({
    routes,
    authenticators: {
      none: async () => undefined,
      page: async () => {
        throw new ApiError('COM_SMOOPE_CROSS_SITE', 'For programs.');
      },
    } as never,
  });
});
pages.after(async ({ server }) => server.close());

const isPage = ({ headers }: Got): boolean => headers.get('content-type') === 'text/html; charset=utf-8';

for (const [path, status, fault] of [
  ['/away', 503, 'unavailable'],
  ['/busy', 429, 'tooMany'],
  ['/over', 410, 'signInEnded'],
  ['/gone', 404, 'notFound'],
  ['/odd', 400, 'unusable'],
  ['/fault', 500, 'failed'],
] as const) {
  pages(`a page that answers ${status} is a page, whatever the caller accepts`, async ({ server }) => {
    for (const headers of [GOES, SCRIPT, { accept: 'application/json' }]) {
      const response = await ask(`${server.origin}${path}`, headers);
      const { text } = response;
      assert.is(response.status, status);
      assert.ok(isPage(response), text);
      assert.match(text, `the page ${fault} `);
      assert.not.match(text, 'erika');
      assert.is(
        text.includes(response.headers.get('x-request-id') ?? 'none'),
        status >= 500,
        'the id of the request stands where the fault is ours',
      );
      assert.is(response.headers.get('cache-control'), 'no-store');
      assert.is(response.headers.get('x-content-type-options'), 'nosniff');
      assert.match(response.headers.get('content-security-policy') ?? '', "style-src 'self'");
    }
  });
}

pages('a page says to programs, too, when to come back', async ({ server }) => {
  assert.is((await ask(`${server.origin}/away`)).headers.get('retry-after'), '3');
  assert.is((await ask(`${server.origin}/busy`)).headers.get('retry-after'), '1');
});

pages('an address that nobody has is a page for people, and stays JSON for programs and below the paths of the API', async ({ server }) => {
  const answers = async (path: string, headers: Record<string, string>): Promise<boolean> => {
    const response = await ask(`${server.origin}${path}`, headers);
    assert.is(response.status, 404);
    return isPage(response);
  };
  assert.ok(await answers('/nowhere', GOES));
  assert.ok(await answers('/nowhere', BROWSER));
  assert.not.ok(await answers('/nowhere', SCRIPT));
  assert.not.ok(await answers('/nowhere', { accept: 'application/json' }));
  for (const path of ['/api/v1/nowhere', '/_matrix/nowhere', '/oidc/token', '/networks/facebook/nowhere'])
    assert.not.ok(await answers(path, GOES), path);
});

pages('a page below the paths of the API stays JSON', async ({ server }) => {
  const response = await ask(`${server.origin}/api/v1/away`, GOES);
  assert.is(response.status, 503);
  assert.match(response.text, 'COM_SMOOPE_HOMESERVER_UNAVAILABLE');
});

pages('a form that another website lets a browser send is refused with a page, and a script is refused with JSON', async ({ server }) => {
  const send = (headers: Record<string, string>): Promise<Got> => ask(`${server.origin}/account/form`, headers, 'POST', 'a=b');
  const page = await send({ ...GOES, 'sec-fetch-site': 'cross-site' });
  assert.is(page.status, 403);
  assert.ok(isPage(page));
  assert.match(page.text, 'the page crossSite');
  for (const headers of [SCRIPT, BROWSER]) assert.match((await send(headers)).text, 'COM_SMOOPE_CROSS_SITE');
});

pages.run();
