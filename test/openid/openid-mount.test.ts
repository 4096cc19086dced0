import type { Provider } from 'oidc-provider';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HttpContext } from '../../appservice/http/context.ts';
import { createRateLimit } from '../../appservice/http/rate-limit.ts';
import { mountOpenid } from '../../appservice/openid/openid-mount.ts';
import { startServer } from '../http/http-fixture.ts';

/** A provider that answers when it is let. */
async function startSlow() {
  const gate = Promise.withResolvers<void>();
  const asked: string[] = [];
  const handle = async (context: HttpContext): Promise<void> => {
    asked.push(context.path);
    if (context.path === '/authorize') await gate.promise;
    context.status = 204;
  };
  const server = await startServer({
    before: [
      mountOpenid({
        path: '/oidc',
        publicOrigin: 'http://localhost',
        // As much of it as the mount uses.
        provider: async () => ({ middleware: [handle] }) as unknown as Provider,
        rateLimit: createRateLimit({ hashKey: 'a key of the tests' }),
        pageHeaders: {},
      }),
    ],
  });
  return { server, asked, open: gate.resolve };
}

test('of very many sign-ins that begin at once two run, sixteen wait, and the others are told when to come again', async () => {
  const { server, asked, open } = await startSlow();
  try {
    const refused: Response[] = [];
    const all = Promise.all(
      Array.from({ length: 30 }, async () => {
        const response = await fetch(`${server.origin}/oidc/authorize`);
        if (response.status === 429 && refused.push(response) === 12) open();
        return response.status;
      }),
    );
    const jwks = await fetch(`${server.origin}/oidc/jwks`);
    assert.is(jwks.status, 204, 'what the homeserver asks does not wait');
    const statuses = await all;
    assert.is(statuses.filter((status) => status === 204).length, 18);
    assert.is(asked.filter((path) => path === '/authorize').length, 18);
    for (const { headers } of refused) assert.is(headers.get('retry-after'), '2');
    assert.is((await fetch(`${server.origin}/oidc/authorize`)).status, 204, 'there is room again');
  } finally {
    await server.close();
  }
});

test.run();
