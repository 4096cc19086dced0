import type { Audited } from '../companies/company-operator-routes.ts';
import { route, type Route } from '../http/route.ts';
import type { RetentionService } from './retention-service.ts';
import {
  ofCompany,
  ofConversation,
  ofDepartment,
  previewQuery,
  retentionPreview,
  retentionView,
  setRetentionRequest,
} from './retention-wire.ts';

const PATH = '/api/v1/operator/companies/:slug';
const done = { 204: { description: 'Done; the rooms follow.' } } as const;

/** How long messages of a company live, in the operator API. */
export function retentionRoutes({ service, audited }: { readonly service: RetentionService; readonly audited: Audited }): Route[] {
  return [
    audited(
      'reads',
      'retention.show',
      route(
        {
          method: 'get',
          path: `${PATH}/retention`,
          summary: 'How long messages of a company live, by department and conversation where they differ.',
          auth: 'operator',
          params: ofCompany,
          responses: { 200: { description: 'What holds now.', schema: retentionView } },
        },
        async ({ params }) => ({ status: 200, body: await service.view(params.slug) }),
      ),
    ),
    audited(
      'reads',
      'retention.preview',
      route(
        {
          method: 'get',
          path: `${PATH}/retention/preview`,
          summary: 'Counts what a shorter life of messages would delete; an estimate, which changes nothing.',
          auth: 'operator',
          params: ofCompany,
          query: previewQuery,
          responses: { 200: { description: 'What would go.', schema: retentionPreview } },
        },
        async ({ params, query }) => ({ status: 200, body: await service.preview(params.slug, query) }),
      ),
    ),
    audited(
      'changes',
      'department.retention',
      route(
        {
          method: 'put',
          path: `${PATH}/departments/:key/retention`,
          summary: 'Sets how long messages live in conversations of a department; null: as the company says.',
          auth: 'operator',
          params: ofDepartment,
          body: setRetentionRequest,
          responses: done,
        },
        async ({ auth, params, body }) => {
          await service.setOfDepartment(auth.actor, params, body.days);
          return { status: 204 };
        },
      ),
    ),
    audited(
      'changes',
      'conversation.retention',
      route(
        {
          method: 'put',
          path: `${PATH}/conversations/:number/retention`,
          summary: 'Sets how long messages live in one conversation; null: as its department or the company says.',
          auth: 'operator',
          params: ofConversation,
          body: setRetentionRequest,
          responses: done,
        },
        async ({ auth, params, body }) => {
          await service.setOfConversation(auth.actor, params, body.days);
          return { status: 204 };
        },
      ),
    ),
  ];
}
