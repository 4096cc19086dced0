import { z } from 'zod';
import type { Audited } from '../companies/company-operator-routes.ts';
import { route, type Route } from '../http/route.ts';
import type { IdentityKeyService } from './identity-key-service.ts';
import { addedIdentityKey, addIdentityKeyRequest, identityKeyDetails } from './identity-key-wire.ts';

type Dependencies = {
  readonly keys: IdentityKeyService;
  /** What tokens for a company must carry as `aud`. */
  readonly audienceOf: (slug: string) => string;
  readonly audited: Audited;
};

const PATH = '/api/v1/operator/companies/:slug/identity-keys';

const ofCompany = z.object({ slug: z.string().max(40).describe('Slug of the company.') });

/** Keys with which companies sign who their users are, in the operator API. */
export function identityKeyOperatorRoutes({ keys, audienceOf, audited }: Dependencies): Route[] {
  return [
    audited(
      'reads',
      'identity-key.list',
      route(
        {
          method: 'get',
          path: PATH,
          summary: 'Lists the keys in force, without what is secret of them.',
          auth: 'operator',
          params: ofCompany,
          responses: { 200: { description: 'The keys, the newest first.', schema: z.object({ keys: z.array(identityKeyDetails) }) } },
        },
        async ({ params }) => {
          const list = await keys.list(params.slug);
          return { status: 200, body: { keys: list.map((key) => ({ ...key, createdAt: key.createdAt.getTime() })) } };
        },
      ),
    ),
    audited(
      'changes',
      'identity-key.add',
      route(
        {
          method: 'post',
          path: PATH,
          summary: 'Makes an HS256 secret, which is answered once, or takes a public key; two keys may be in force at a time.',
          auth: 'operator',
          params: ofCompany,
          body: addIdentityKeyRequest,
          responses: { 201: { description: 'The key.', schema: addedIdentityKey } },
        },
        async ({ auth, params, body }) => {
          const added = await keys.add(auth.actor, params.slug, body.publicKey);
          return { status: 201, body: { ...added, createdAt: added.createdAt.getTime(), audience: audienceOf(params.slug) } };
        },
      ),
    ),
    audited(
      'changes',
      'identity-key.revoke',
      route(
        {
          method: 'delete',
          path: `${PATH}/:id`,
          summary: 'Ends a key at once.',
          auth: 'operator',
          params: ofCompany.extend({ id: z.string().max(40).describe('Id of the key.') }),
          responses: { 204: { description: 'Tokens signed with it are refused from now on.' } },
        },
        async ({ auth, params }) => {
          await keys.revoke(auth.actor, params.slug, params.id);
          return { status: 204 };
        },
      ),
    ),
  ];
}
