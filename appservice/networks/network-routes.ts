import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import { shellPage } from '../http/shell-page.ts';
import type { AccountId } from '../ids.ts';
import type { NetworkConnections } from './network-connections.ts';
import type { NetworkCookie } from './network-cookie.ts';
import type { NetworkSignIn } from './network-sign-in.ts';
import type { NumberProof } from './number-proof.ts';
import type { NetworkVisits, Return } from './network-visits.ts';
import {
  networkAddressSchema,
  networkRegistrationSchema,
  networksSchema,
  networkVisitSchema,
  type NetworkReturn,
  type NetworkView,
} from './network-wire.ts';
import type { Network } from './network.ts';

type Dependencies = {
  readonly networks: readonly Network[];
  readonly asksNumber: boolean;
  readonly visits: NetworkVisits;
  readonly signIn: NetworkSignIn;
  readonly connections: NetworkConnections;
  readonly cookie: NetworkCookie;
  /** Makes sure that a sign-in is one of this browser; throws COM_SMOOPE_SIGN_IN_ENDED. */
  readonly checkFlow: (context: HttpContext, flowId: string) => Promise<void>;
  readonly proveNumber: NumberProof;
  readonly findSignedIn: (context: HttpContext) => Promise<AccountId | undefined>;
  /** A page whose content the browser draws by its address. */
  readonly renderShell: (context: HttpContext) => string;
};

const flow = z.string().regex(/^[\w-]{20,64}$/, 'must be the id of a sign-in');
const network = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be the name of a network');

/** A network as people may read of it. */
export const networkView = ({ name, label, operator, country, privacyUrl, termsUrl }: Network): NetworkView => ({
  name,
  label,
  operator,
  country,
  privacyUrl,
  termsUrl,
});

/** Signing in with a network: the page before leaving, the way there and the way back. */
export function networkRoutes(dependencies: Dependencies): Route[] {
  const { networks, asksNumber, visits, signIn, connections, cookie, checkFlow, proveNumber, findSignedIn, renderShell } = dependencies;

  /** The page to which somebody who came back goes on; undefined where they are nobody who left. */
  async function pageAfter(name: string, back: Return, context: HttpContext): Promise<string | undefined> {
    const { purpose, isSecond } = back;
    if (purpose.for === 'sign-in') {
      const pageOf = (said: NetworkReturn): string => `/account/sign-in/${purpose.flowId}/networks/${name}?back=${said}`;
      return pageOf('problem' in back ? back.problem : await signIn.receive(purpose.flowId, name, back.profile, isSecond));
    }
    const pageOf = (said: NetworkReturn): string => `/account/networks?network=${name}&back=${said}`;
    const accountId = await findSignedIn(context);
    // Whoever left must still be signed in; the account is nobody else's to connect.
    if (accountId === undefined || accountId !== purpose.accountId) return undefined;
    if ('problem' in back) return pageOf(back.problem);
    return pageOf(await connections.connect(accountId, { network: name, subject: back.profile.subject }));
  }

  const page = (path: string): Route =>
    shellPage({
      path,
      summary: 'Page of a sign-in with a network: before leaving, after coming back.',
      limit: 'sign-in',
      params: z.object({ flow, network: network.optional() }),
      async before(params, context) {
        if (params.network !== undefined) visits.get(params.network);
        await checkFlow(context, params.flow);
        return undefined;
      },
      render: renderShell,
    });

  return [
    route(
      {
        method: 'get',
        path: '/api/v1/networks',
        summary: 'Networks with whose accounts people may sign in.',
        auth: 'none',
        limit: 'browse',
        responses: { 200: { description: 'The networks, in the order in which a page offers them.', schema: networksSchema } },
      },
      () => ({ status: 200, body: { networks: networks.map(networkView), asksNumber } }),
    ),
    page('/account/sign-in/:flow/networks'),
    page('/account/sign-in/:flow/networks/:network'),
    page('/account/sign-in/:flow/networks/:network/code'),
    route(
      {
        method: 'post',
        path: '/account/sign-in/:flow/networks/:network/visits',
        summary: 'Asks where to go to sign in with a network; the browser must come back from there.',
        auth: 'page',
        params: z.object({ flow, network }),
        body: networkVisitSchema,
        limit: 'prove',
        responses: { 200: { description: 'The address at the network.', schema: networkAddressSchema } },
      },
      async ({ params, body, context }) => {
        await checkFlow(context, params.flow);
        const visit = { purpose: { for: 'sign-in', flowId: params.flow }, isSecond: body.again } as const;
        const address = await visits.leave(params.network, visit, cookie.ensure(context));
        return { status: 200, body: { address: address.href } };
      },
    ),
    route(
      {
        method: 'get',
        path: '/account/sign-in/:flow/registration/network',
        summary: 'With which network an account is made at this sign-in, and what it needs beside it.',
        auth: 'none',
        params: z.object({ flow }),
        limit: 'sign-in',
        responses: { 200: { description: 'The network, or null.', schema: networkRegistrationSchema } },
      },
      async ({ params, context }) => {
        await checkFlow(context, params.flow);
        const found = await signIn.describeRegistration(params.flow);
        const chosen = networks.find(({ name }) => name === found?.network);
        return {
          status: 200,
          body: {
            network: chosen === undefined ? null : { name: chosen.name, label: chosen.label },
            needsEmail: found?.needs.email ?? false,
            needsNumber: found?.needs.number ?? false,
          },
        };
      },
    ),
    route(
      {
        method: 'post',
        path: '/account/sign-in/:flow/registration/number',
        summary: 'Adds a mobile number to an account that is made with a network, by the code that the way "phone" has sent.',
        auth: 'page',
        params: z.object({ flow }),
        body: z.object({ phone: z.string().min(1).max(80), code: z.string().min(1).max(40) }),
        limit: 'prove',
        responses: { 204: { description: 'The number is proved.' } },
      },
      async ({ params, body, context }) => {
        await checkFlow(context, params.flow);
        await proveNumber(params.flow, body);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'get',
        path: '/account/networks/:network/callback',
        summary: 'Where a network sends people back to.',
        auth: 'none',
        headers: 'page',
        params: z.object({ network }),
        limit: 'prove',
        hidden: true,
        responses: { 303: { description: 'It goes on.' } },
      },
      async ({ params, context }) => {
        const back = await visits.receive(params.network, context.search, cookie.read(context));
        const address = back && (await pageAfter(params.network, back, context));
        if (address === undefined) throw new ApiError('COM_SMOOPE_SIGN_IN_ENDED', 'Nobody has left for there, or they are back already.');
        return { status: 303, headers: { Location: address, 'Cache-Control': 'no-store' } };
      },
    ),
  ];
}
