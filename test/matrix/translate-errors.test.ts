import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import type { HttpContext } from '../../appservice/http/context.ts';
import { HomeserverUnavailable, MatrixError } from '../../appservice/matrix/homeserver-client.ts';
import { translateErrors } from '../../appservice/matrix/translate-errors.ts';

async function translated(error: unknown): Promise<unknown> {
  try {
    await translateErrors({} as HttpContext, async () => {
      throw error;
    });
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

const apiError = async (error: unknown): Promise<ApiError> => {
  const thrown = await translated(error);
  if (!(thrown instanceof ApiError)) throw new Error('it was not translated');
  return thrown;
};

test('a homeserver or database that is away answers 503 with the time to wait', async () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const cases = [
    [new HomeserverUnavailable('x'), 'COM_SMOOPE_HOMESERVER_UNAVAILABLE'],
    [refused, 'COM_SMOOPE_DATABASE_UNAVAILABLE'],
    [Object.assign(new Error('shutdown'), { code: '57P01' }), 'COM_SMOOPE_DATABASE_UNAVAILABLE'],
  ] as const;
  for (const [cause, code] of cases) {
    const error = await apiError(cause);
    assert.equal([error.code, error.status, error.retryAfterMs], [code, 503, 2_000]);
  }
});

test('a limit of the homeserver is passed on with its time to wait', async () => {
  const error = await apiError(new MatrixError(429, 'M_LIMIT_EXCEEDED', 'slow', 700));
  assert.equal([error.code, error.retryAfterMs], ['M_LIMIT_EXCEEDED', 700]);
});

test('a reaction that is there already is a conflict, not a fault of ours', async () => {
  const error = await apiError(new MatrixError(400, 'M_DUPLICATE_ANNOTATION', 'twice'));
  assert.equal([error.code, error.status], ['COM_SMOOPE_CONFLICT', 409]);
});

test('what we know no better stays what it is, so that it is logged as a fault of ours', async () => {
  for (const error of [
    new Error('bug'),
    new MatrixError(403, 'M_FORBIDDEN', 'no'),
    Object.assign(new Error('syntax'), { code: '42601' }),
  ]) {
    assert.is(await translated(error), error);
  }
});

test.run();
