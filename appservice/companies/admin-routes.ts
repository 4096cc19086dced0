import type { Authenticators } from '../http/auth.ts';
import type { Route } from '../http/route.ts';
import { noSuchCompany } from './company-changes.ts';
import type { MemberAccess } from './member-access.ts';

const OF_OPERATOR = '/api/v1/operator/companies/:slug';
const OF_COMPANY = '/api/v1/companies/:slug/manage';

/** What an admin may do for their own company of what the operator may do for all; method and path below the company's. */
const SHARED = [
  'get ',
  'put /name',
  'patch /settings',
  'put /logo',
  'post /agreement',
  'put /members/:userId/picture',
  'get /departments',
  'post /departments',
  'put /departments/:key/name',
  'post /departments/:key/archive',
  'put /departments/:key/members/:userId',
  'delete /departments/:key/members/:userId',
  'get /identity-keys',
  'post /identity-keys',
  'delete /identity-keys/:id',
  'get /retention',
  'get /retention/preview',
  'put /departments/:key/retention',
  'put /conversations/:number/retention',
  'put /conversations/:number/block',
  'delete /conversations/:number/block',
  'get /satisfaction',
] as const;

/** The same route for admins: who asks is let in by their membership, and is named as a member in the audit log. */
function forAdmins({ declaration, run }: Route, access: MemberAccess): Route {
  return {
    declaration: {
      ...declaration,
      path: declaration.path.replace(OF_OPERATOR, OF_COMPANY),
      summary: `${declaration.summary} For admins of the company.`,
      auth: 'api',
      limit: declaration.method === 'get' ? 'read' : 'write',
    },
    run(context, authenticators, admit) {
      const asAdmin: Authenticators = {
        ...authenticators,
        async operator(request) {
          const caller = await authenticators.api(request);
          await admit(caller);
          const { slug } = (request['params'] ?? {}) as { slug?: string };
          if (slug === undefined) throw noSuchCompany();
          const { member } = await access(caller.userId, slug, 'admin');
          return { actor: `member:${member.id}` };
        },
      };
      // Whoever asks was admitted as the person they are.
      return run(context, asAdmin, async () => undefined);
    },
  };
}

/**
 * Routes of admins on their own company, made of those of the operator, so that both do the same by the same services. Throws where one of
 * `SHARED` is missing among the operator's.
 */
export function adminRoutes(operatorRoutes: readonly Route[], access: MemberAccess): Route[] {
  return SHARED.map((name) => {
    const found = operatorRoutes.find(({ declaration: { method, path } }) => `${method} ${path}` === name.replace(' ', ` ${OF_OPERATOR}`));
    if (found === undefined) throw new Error(`the operator has no route ${name}`);
    return forAdmins(found, access);
  });
}
