import { z } from 'zod';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import { shellPage } from '../http/shell-page.ts';
import type { NetworkConnections } from './network-connections.ts';
import type { NetworkCookie } from './network-cookie.ts';
import { networkView } from './network-routes.ts';
import type { NetworkVisits } from './network-visits.ts';
import { accountNetworksSchema, disconnectedSchema, networkAddressSchema, networkVisitSchema } from './network-wire.ts';
import type { NetworkWithdrawals } from './network-withdrawals.ts';
import type { Network } from './network.ts';

type Dependencies = {
  readonly networks: readonly Network[];
  readonly visits: NetworkVisits;
  readonly connections: NetworkConnections;
  readonly withdrawals: NetworkWithdrawals;
  readonly cookie: NetworkCookie;
  /** A page whose content the browser draws by its address. */
  readonly renderShell: (context: HttpContext) => string;
};

const params = z.object({ network: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be the name of a network') });

/** Networks of somebody's own account. */
export function accountNetworkRoutes({ networks, visits, connections, withdrawals, cookie, renderShell }: Dependencies): Route[] {
  const page = (path: string): Route =>
    shellPage({ path, summary: 'Page about the networks of an account.', limit: 'browse', render: renderShell });
  const labelOf = (name: string): string => networks.find((network) => network.name === name)?.label ?? name;

  return [
    page('/account/networks'),
    page('/account/networks/:network'),
    route(
      {
        method: 'get',
        path: '/api/v1/account/networks',
        summary: 'Networks with which you sign in, those you could, and what came of disconnecting others.',
        auth: 'account',
        responses: { 200: { description: 'The networks.', schema: accountNetworksSchema } },
      },
      async ({ auth }) => {
        const own = await connections.list(auth.accountId);
        const past = await withdrawals.list(auth.accountId);
        const sinceOf = (name: string): Date | undefined => own.find(({ network }) => network === name)?.connectedAt;
        return {
          status: 200,
          body: {
            networks: networks.map((network) => ({ ...networkView(network), connectedAt: sinceOf(network.name)?.getTime() ?? null })),
            withdrawals: past.map(({ network, outcome, askedAt }) => ({ label: labelOf(network), outcome, askedAt: askedAt.getTime() })),
            ...(await connections.outlook(auth.accountId)),
          },
        };
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/v1/account/networks/:network/visits',
        summary: 'Asks where to go to connect a network with your account; the browser must come back from there, still signed in.',
        auth: 'account',
        params,
        body: networkVisitSchema,
        limit: 'prove',
        responses: { 200: { description: 'The address at the network.', schema: networkAddressSchema } },
      },
      async ({ auth, params: { network }, context }) => {
        const visit = { purpose: { for: 'connection', accountId: auth.accountId }, isSecond: false } as const;
        const address = await visits.leave(network, visit, cookie.ensure(context));
        return { status: 200, body: { address: address.href } };
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/v1/account/networks/:network',
        summary: 'Disconnects a network; your account and what came from there stay.',
        auth: 'account',
        params,
        limit: 'prove',
        responses: { 200: { description: 'It is disconnected.', schema: disconnectedSchema } },
      },
      async ({ auth, params: { network } }) => ({ status: 200, body: await connections.disconnect(auth.accountId, network) }),
    ),
  ];
}
