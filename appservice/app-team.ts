import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import { record } from './audit/audit-log.ts';
import { createChangeCompany } from './companies/company-changes.ts';
import { createCompanyStore } from './companies/company-store.ts';
import { createMemberStore } from './companies/member-store.ts';
import { createConversationAgentsStore } from './conversations/conversation-agents-store.ts';
import { createChangeStatus } from './conversations/conversation-status.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import type { Effect } from './conversations/effect.ts';
import { createEventIndexStore } from './conversations/event-index-store.ts';
import type { JobDeclaration } from './database/jobs.ts';
import { powersOf } from './matrix/company-members.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { isServiceAccount } from './matrix/service-accounts.ts';
import { createPersonStore } from './persons/person-store.ts';
import { createAssignment } from './team/assignment.ts';
import { createConversationActions } from './team/conversation-actions.ts';
import { createDepartmentProvisioning } from './team/department-provisioning.ts';
import { createDepartmentService } from './team/department-service.ts';
import { createHandOver } from './team/handover.ts';
import { createInbox } from './team/inbox.ts';
import { createTeamCommands } from './team/team-commands.ts';
import { createTeamEvents } from './team/team-events.ts';
import { createTeamJobs } from './team/team-jobs.ts';
import type { TeamNeighbours } from './team/team-neighbours.ts';
import { createTeamOutbox } from './team/team-outbox.ts';
import { createTeamWork } from './team/team-work.ts';
import type { Visitors } from './app-visitors.ts';

/** What a company's people do in Matrix: announcements, commands, routing. `processId` names this process in notices to the others. */
export function wireTeam(
  { log }: AppSettings,
  connections: Connections,
  { companies, members, onMatrix }: Companies,
  visitors: Visitors,
  processId: string,
) {
  const { database, alone, names, sending, conversationRooms, departmentRooms } = connections;
  const now = () => new Date();
  const neighbours: TeamNeighbours = {
    findCompany: (on, id) => createCompanyStore(on).find(id),
    members: createMemberStore,
    conversations: createConversationStore,
    events: (on) => createEventIndexStore(on, processId),
    isBot: (userId) => isServiceAccount(userId, names.serverName),
  };
  const inbox = createInbox({ addToOutbox, now });
  const changeStatus = createChangeStatus({ addToOutbox, processId, onChange: inbox.statusChanged });
  const assignment = createAssignment({ neighbours, inbox, addToOutbox, now });
  const handOver = createHandOver({ neighbours, assignment, addToOutbox });
  const work = createTeamWork({ assignment, changeStatus, handOver, inbox });
  const commands = createTeamCommands({ addToOutbox, assignment, changeStatus, work });
  const events = createTeamEvents({ neighbours, commands, assignment, addToOutbox, now });
  const provisioning = createDepartmentProvisioning({
    database,
    neighbours,
    rooms: departmentRooms,
    onMatrix,
    powersOf,
    alone,
    log: log.child('departments'),
  });
  const change = createChangeCompany({ database, recordAudit: record, addToOutbox });
  const getCompany: typeof companies.get = (id) => companies.get(id);
  return {
    neighbours,
    work,
    assignment,
    changeStatus,
    events,
    provisioning,
    departments: createDepartmentService({
      database,
      change,
      neighbours,
      provision: provisioning.provision,
      recordAudit: record,
      addToOutbox,
    }),
    outbox: {
      publishDepartment: async ({ departmentId }: { departmentId: string }) => void (await provisioning.provision(departmentId)),
      bringDepartmentMember: provisioning.bringMember,
      ...createTeamOutbox({
        database,
        sending,
        neighbours,
        getCompany,
        listContactFields: visitors.listContactFields,
        noteFieldAnswer: visitors.noteFieldAnswer,
        serverName: names.serverName,
        events,
      }),
      ...createConversationActions({
        database,
        rooms: conversationRooms,
        sending,
        neighbours,
        assignment,
        getCompany,
        listAllMembers: (id) => members.listAll(id),
        listJoined: (id) => createConversationAgentsStore(database).listJoined(id),
        getLocale: (id) => createPersonStore(database).getLocale(id),
        now,
      }),
    },
    /** Jobs of the team; `publish` tells open streams what a job changed. */
    jobs: (publish: (effects: readonly Effect[]) => void): readonly JobDeclaration[] =>
      createTeamJobs({ database, neighbours, assignment, changeStatus, addToOutbox, publish, now }),
  };
}

/** See `wireTeam`. */
export type Team = ReturnType<typeof wireTeam>;
