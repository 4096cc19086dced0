import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { bearerToken } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import type { Receiving } from './receiving.ts';

const transaction = z.object({
  events: z.array(z.unknown()).default([]).describe('Events of rooms, in order.'),
  ephemeral: z.array(z.unknown()).default([]).describe('Typing and receipts, by the stable name.'),
  'de.sorunome.msc2409.ephemeral': z.array(z.unknown()).default([]).describe('The same by the older name.'),
});

/** A transaction holds at most 100 events of 64 kB, and as many ephemeral ones. */
const BODY_LIMIT = 16 * 1024 * 1024;

type Dependencies = {
  readonly receiving: Receiving;
  readonly receiveEphemeral: (values: readonly unknown[]) => void;
  /** Told of each transaction, so that the reader of gaps knows when the backlog is gone. */
  readonly onTransaction: (events: readonly unknown[]) => void;
};

/** Checks the token that the homeserver shows us; throws M_FORBIDDEN (https://spec.matrix.org/v1.15/application-service-api/#authorization). */
export function authenticateHomeserver(homeserverToken: string) {
  const expected = Buffer.from(homeserverToken);
  return async (context: HttpContext): Promise<undefined> => {
    const given = Buffer.from(bearerToken(context));
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new ApiError('M_FORBIDDEN', 'This is not the homeserver.');
    return undefined;
  };
}

/** What the homeserver calls (https://spec.matrix.org/v1.15/application-service-api/). */
export function transactionRoutes({ receiving, receiveEphemeral, onTransaction }: Dependencies): Route[] {
  const empty = { 200: { description: 'Taken.', schema: z.object({}) } } as const;
  return [
    route(
      {
        method: 'put',
        path: '/_matrix/app/v1/transactions/:txnId',
        summary: 'Takes a transaction of the homeserver.',
        auth: 'homeserver',
        hidden: true,
        params: z.object({ txnId: z.string().min(1).max(255) }),
        body: transaction,
        bodyLimit: BODY_LIMIT,
        responses: empty,
      },
      async ({ params, body }) => {
        await receiving.receiveTransaction(params.txnId, body.events);
        onTransaction(body.events);
        const { 'de.sorunome.msc2409.ephemeral': older, ephemeral } = body;
        // The homeserver sends both names to a registration that asks for both.
        receiveEphemeral(ephemeral.length > 0 ? ephemeral : older);
        return { status: 200, body: {} };
      },
    ),
    route(
      {
        method: 'post',
        path: '/_matrix/app/v1/ping',
        summary: 'Answers the ping of the homeserver.',
        auth: 'homeserver',
        hidden: true,
        body: z.object({ transaction_id: z.string().nullish() }),
        responses: empty,
      },
      () => ({ status: 200, body: {} }),
    ),
    ...(['users', 'rooms'] as const).map((kind) =>
      route(
        {
          method: 'get',
          path: `/_matrix/app/v1/${kind}/:id`,
          summary: 'Nothing is made because somebody asks for it.',
          auth: 'homeserver',
          hidden: true,
          params: z.object({ id: z.string() }),
          responses: empty,
        },
        () => {
          throw new ApiError('M_NOT_FOUND', 'There is no such user or room.');
        },
      ),
    ),
  ];
}
