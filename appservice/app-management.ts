import type { ApiSessionWork } from './app-api-sessions.ts';
import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { record } from './audit/audit-log.ts';
import { companyAuditRoute } from './audit/audit-routes.ts';
import { adminRoutes } from './companies/admin-routes.ts';
import type { AgreementFacts } from './companies/agreement-wording.ts';
import { createChangeCompany, noSuchCompany } from './companies/company-changes.ts';
import { conversationCall, conversationsCall } from './companies/company-service.ts';
import { manageRoutes } from './companies/manage-routes.ts';
import type { Config } from './config.ts';
import type { Route } from './http/route.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { createRetentionService } from './retention/retention-service.ts';
import { publishDepartmentCall } from './team/department-service.ts';

/** What this installation says about itself in the processing agreement. */
function agreementFactsOf({ operator, dataLocation, sms }: Config): AgreementFacts {
  const { name, address, email, dataProtectionOfficer } = operator;
  const gateways = sms.adapter === 'gateways' ? [sms.first, sms.second] : [];
  return {
    operator: name,
    address: address.split('\n').join(', '),
    email,
    dataProtectionOfficer: `${dataProtectionOfficer.name}, ${dataProtectionOfficer.email}`,
    dataCentre: dataLocation.dataCentre,
    country: dataLocation.country,
    certificate: dataLocation.certificate,
    gateways: gateways.flatMap((gateway) => (gateway.gateway === 'none' ? [] : [gateway.location])),
  };
}

/** What admins of companies see and change of their own company. */
export function wireManagement(
  { config }: AppSettings,
  { database }: Connections,
  { companies, agreements }: Companies,
  { access }: ApiSessionWork,
) {
  const retention = createRetentionService({
    database,
    change: createChangeCompany({ database, recordAudit: record, addToOutbox }),
    async getCompany(slug) {
      const company = await companies.findBySlug(slug);
      if (company === undefined) throw noSuchCompany();
      return company;
    },
    limits: config.homeserver.retention,
    publishCall: (id, number) => (number === undefined ? conversationsCall(id, -1) : conversationCall(id, number)),
    publishDepartmentCall,
  });
  return {
    retention,
    /** Routes of admins, those made of the operator's included. */
    routes: (operatorRoutes: readonly Route[]): Route[] => [
      ...adminRoutes(operatorRoutes, access),
      ...manageRoutes({
        access,
        agreements,
        agreementVersion: config.processingAgreement.version,
        agreementFacts: agreementFactsOf(config),
      }),
      companyAuditRoute({ database, admit: async (userId, slug) => (await access(userId, slug, 'admin')).company.id }),
    ],
  };
}

/** See `wireManagement`. */
export type Management = ReturnType<typeof wireManagement>;
