import * as assert from 'uvu/assert';
import type { Company } from '../../../appservice/companies/company.ts';
import type { DeviceId, RoomId, UserId } from '../../../appservice/ids.ts';
import { MatrixError, matrixPath } from '../../../appservice/matrix/homeserver-client.ts';
import { ROOM_BASE } from '../../../appservice/matrix/room-state.ts';
import { makeCompany, onStack, type CompaniesOnStack, type Person } from '../companies/companies-fixture.ts';
import { sharedStackAccess } from '../stack-access.ts';
import { newCompany } from '../test-company.ts';

/** Two companies, and three people who have nothing to do with them or each other. */
export type Members = {
  stack: CompaniesOnStack;
  company: Company;
  /** A company that is open: its ghost stays in a person's room for a while, where that of the first leaves at once. */
  open: { readonly userId: UserId };
  anna: Person;
  ben: Person;
  carla: Person;
  /** A room of the company. */
  hall: RoomId;
  /** A direct chat of Anna to the company. */
  chat: RoomId;
  /** A room of Carla's that its rules leave open to everybody, which the company alone can bring about. */
  openRoom: RoomId;
};

/** Hooks of suites with the same `Members`. */
export const withMembers = {
  async open(context: Members): Promise<void> {
    await onStack.open(context);
    const { stack } = context;
    context.company = await makeCompany(stack.companies);
    context.open = { userId: (await newCompany(sharedStackAccess())).userId as UserId };
    for (const name of ['anna', 'ben', 'carla'] as const) context[name] = await stack.newPerson();
    context.hall = await companyRoom(stack, context.company);
    context.chat = await directChat(context.anna, context.company);
    context.openRoom = await directChat(context.carla, context.open);
    const ghost = asGhost(stack, context.open.userId);
    assert.is((await join(ghost, context.openRoom)).status, 200);
    const opened = await ghost.call('PUT', inRoom(context.openRoom, '/state/m.room.join_rules/'), { join_rule: 'public' });
    assert.is(opened.status, 200);
  },
  close: onStack.close,
};

type Answer = Awaited<ReturnType<Person['call']>>;

/** A person asks for a room. */
export const createRoom = (person: Pick<Person, 'call'>, body: object): Promise<Answer> =>
  person.call('POST', '/_matrix/client/v3/createRoom', body);

/** Checks a refusal: 403 M_FORBIDDEN with a sentence that says what is allowed. */
export function assertRefused({ status, errcode, body }: Answer, says: RegExp): void {
  assert.is(status, 403, JSON.stringify(body));
  assert.is(errcode, 'M_FORBIDDEN');
  assert.match(String((body as { error?: unknown }).error), says);
}

/** A direct chat to a company, as a client makes it. */
export async function directChat(person: Person, company: Pick<Company, 'userId'>, more: object = {}): Promise<RoomId> {
  const made = await createRoom(person, { preset: 'trusted_private_chat', is_direct: true, invite: [company.userId], ...more });
  assert.is(made.status, 200, JSON.stringify(made.body));
  return (made.body as { room_id: RoomId }).room_id;
}

/** A call of a user of the appservice; a refusal is answered like any other. */
export function asGhost({ connections: { homeserver } }: CompaniesOnStack, userId: UserId): Person {
  return {
    userId,
    async call(method, path, body) {
      try {
        const answer = await homeserver.request({ method, path, as: { userId }, ...(method === 'GET' ? {} : { body: body ?? {} }) });
        return { status: 200, errcode: undefined, body: answer };
      } catch (error) {
        if (!(error instanceof MatrixError)) throw error;
        return { status: error.status, errcode: error.errcode, body: { error: error.message } };
      }
    },
  };
}

/** A visitor's ghost that is in no room. */
export async function newVisitor(stack: CompaniesOnStack, company: Company): Promise<Person> {
  const userId = stack.connections.names.newVisitorGhost(company.bucket);
  await stack.connections.ghosts.make(userId, 'TEST' as DeviceId);
  return asGhost(stack, userId);
}

/** A bot of the company, with the token that the company holds. */
export async function newBot(stack: CompaniesOnStack, company: Company): Promise<Person> {
  const { names, serviceAccounts } = stack.connections;
  const userId = names.serviceAccount(company.bucket, company.slug, 'bot');
  const token = await serviceAccounts.signIn({ userId, deviceId: 'BOT' as DeviceId, label: 'bot' });
  return stack.personWith(userId, token);
}

/** A room that the company makes. */
export async function companyRoom(stack: CompaniesOnStack, company: Company, body: object = {}): Promise<RoomId> {
  const made = await createRoom(asGhost(stack, company.userId), { ...ROOM_BASE, ...body });
  assert.is(made.status, 200, JSON.stringify(made.body));
  return (made.body as { room_id: RoomId }).room_id;
}

/** Path below a room. */
export const inRoom = (room: RoomId, path: string): string => `${matrixPath`/_matrix/client/v3/rooms/${room}`}${path}`;

/** Invites, and answers how that went. */
export const invite = (from: Person, room: RoomId, userId: string): Promise<Answer> =>
  from.call('POST', inRoom(room, '/invite'), { user_id: userId });

/** Joins, and answers how that went. */
export const join = (person: Person, room: RoomId): Promise<Answer> => person.call('POST', inRoom(room, '/join'));
