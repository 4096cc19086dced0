import type { AppSettings, Connections } from './app-connections.ts';
import { record } from './audit/audit-log.ts';
import { createProvisioning } from './companies/company-provisioning.ts';
import { createCompanyRoomStore } from './companies/company-room-store.ts';
import { conversationsCall, createCompanyService } from './companies/company-service.ts';
import { createCompanyStore } from './companies/company-store.ts';
import { createMemberService } from './companies/member-service.ts';
import { createMemberStore } from './companies/member-store.ts';
import { ensureOperatorCompany } from './companies/operator-company.ts';
import { createProcessingAgreementStore } from './companies/processing-agreement-store.ts';
import { createServiceAccountService } from './companies/service-account-service.ts';
import { createServiceAccountStore } from './companies/service-account-store.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { writingCall } from './front-door/customer-writing.ts';
import type { UserId } from './ids.ts';
import { createCompanyMembers, powersOf } from './matrix/company-members.ts';
import { bucketOf, COMPANY_DEVICE } from './matrix/names.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { publishDepartmentCall } from './team/department-service.ts';
import { createDepartmentStore } from './team/department-store.ts';

/** Companies, their members and service accounts. */
export function wireCompanies({ config, log }: AppSettings, connections: Connections) {
  const { database, alone, homeserver, names, companyRooms, media, serviceAccounts } = connections;
  const { serverName, retention: retentionLimits } = config.homeserver;
  const companies = createCompanyStore(database);
  const members = createMemberStore(database);
  const conversationRooms = createCompanyRoomStore(database);
  const onMatrix = createCompanyMembers({
    homeserver,
    rooms: companyRooms,
    serverName,
    serviceAccounts,
    findCompany: (id) => companies.find(id),
    listMembers: (id) => members.listCurrent(id),
    onlyConversations: async (id, roomIds) => [
      ...(await conversationRooms.only(id, roomIds)),
      ...(await createDepartmentStore(database).onlyRooms(id, roomIds)),
    ],
    listDepartmentSpaces: async (id) => (await createDepartmentStore(database).list(id)).flatMap(({ spaceRoomId }) => spaceRoomId ?? []),
  });
  const provisioning = createProvisioning({
    companies,
    members,
    conversationRooms,
    matrix: { ...companyRooms, ...onMatrix, powersOf },
    alone,
    continueAfter: (companyId, after) => addToOutbox(database, [conversationsCall(companyId, after)]),
    publishDepartments: async (companyId) =>
      addToOutbox(database, (await createDepartmentStore(database).list(companyId)).map(publishDepartmentCall)),
    bringWriting: async (companyId, roomIds) =>
      addToOutbox(database, (await createConversationStore(database).listWithCustomer(companyId, roomIds)).map(writingCall)),
    log: log.child('companies'),
  });
  const changes = { database, recordAudit: record, addToOutbox };
  const identityOf = (slug: string) => {
    const bucket = bucketOf(slug);
    return { bucket, userId: names.companyGhost(bucket, slug), deviceId: COMPANY_DEVICE };
  };
  const uploadImage = media.upload;
  const agreementVersion = config.processingAgreement.version;
  const service = createCompanyService({
    ...changes,
    provision: provisioning.provision,
    identityOf,
    uploadImage,
    retentionLimits,
    agreementVersion,
    serverName,
  });
  const isReserved = (userId: UserId) => names.isGhost(userId) || userId === names.sender || /^@service_[0-9a-f]{2}_/.test(userId);
  return {
    isReserved,
    companies,
    members,
    agreements: createProcessingAgreementStore(database),
    accounts: createServiceAccountStore(database),
    onMatrix,
    provisioning,
    service,
    memberService: createMemberService({ ...changes, serverName, isReserved, userExists: onMatrix.userExists, uploadImage }),
    accountService: createServiceAccountService({
      ...changes,
      userIdOf: (company, name) => names.serviceAccount(company.bucket, company.slug, name),
      signIn: serviceAccounts.signIn,
      signOut: serviceAccounts.signOut,
    }),
    ensureOperator: () => ensureOperatorCompany({ companies, service }, config),
  };
}

/** See `wireCompanies`. */
export type Companies = ReturnType<typeof wireCompanies>;
