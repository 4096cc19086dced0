import { z } from 'zod';
import type { Channel, Conversation } from '../conversations/conversation.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { CompanyId, ConversationId, PersonId, RoomId, UserId } from '../ids.ts';
import type { InboxConversation, InboxCounts, InboxQuery } from './agent-inbox-wire.ts';

/** Who looks, and what they may see. */
export type InboxReader = {
  readonly companyId: CompanyId;
  readonly memberId: string;
  readonly userId: UserId;
  /** Row ids of the departments whose conversations they see beside those of the whole company; null: all. */
  readonly departments: readonly string[] | null;
};

type Row = {
  number: number;
  room_id: RoomId;
  status: Conversation['status'];
  channel: Channel;
  department_key: string | null;
  assignee: string | null;
  labels: string[];
  opened_at: Date;
  closed_at: Date | null;
  last_event_at: Date;
  waiting_since: Date | null;
  is_joined: boolean;
  id: ConversationId;
  place: string;
};

const toWire = (row: Row): InboxConversation => ({
  number: row.number,
  roomId: row.room_id,
  status: row.status,
  channel: row.channel,
  department: row.department_key,
  assignee: row.assignee,
  labels: row.labels,
  openedAt: row.opened_at.getTime(),
  closedAt: row.closed_at?.getTime() ?? null,
  activeAt: row.last_event_at.getTime(),
  waitingSince: row.waiting_since?.getTime() ?? null,
  isJoined: row.is_joined,
});

/** Microseconds, because a row's time is finer than JavaScript's: two of one millisecond must not fall between pages. */
const PLACE = `(extract(epoch from last_event_at) * 1000000)::bigint::text`;

const SELECT = `
  select conversation.id, number, room_id, status, channel, department.key as department_key, assignee, opened_at, closed_at, last_event_at,
    waiting_since, ${PLACE} as place,
    array(select label from conversation_label where conversation_id = conversation.id order by added_at, label) as labels,
    exists (select 1 from conversation_agent
      where conversation_id = conversation.id and user_id = :userId and left_at is null) as is_joined
  from conversation
  left join conversation_inbox on conversation_inbox.conversation_id = conversation.id
  left join department on department.id = conversation.department`;

/** Conversations of which nobody has written anything, and those that are being deleted, are nowhere. */
const SEEN = `conversation.company_id = :companyId and hidden_at is null and last_seq > 0
  and (cast(:departments as text[]) is null or conversation.department is null or conversation.department = any (cast(:departments as text[])))`;

const VIEWS: Record<InboxQuery['view'], string> = {
  waiting: `status = 'waiting'`,
  mine: `status <> 'closed' and assignee = :memberId`,
  all: `status <> 'closed'`,
  closed: `status = 'closed'`,
};

const place = z.tuple([z.string().regex(/^\d{1,18}$/), z.uuid()]);

function placeFromText(text: string): z.output<typeof place> {
  try {
    return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new ApiError('M_INVALID_PARAM', 'query.from: must be "next" of a page before', { field: 'query.from' });
  }
}

const bindings = ({ companyId, memberId, userId, departments }: InboxReader) => ({
  companyId,
  memberId,
  userId,
  departments: departments === null ? null : [...departments],
});

/** Conversations as an agent's inbox shows them: rows only, so it holds no words. */
export function createAgentInboxStore(database: Database) {
  async function select(where: string, values: Readonly<Record<string, string | number | string[] | null>>): Promise<Row[]> {
    const result = await database.raw<{ rows: Row[] }>(`${SELECT} where ${where}`, values);
    return result.rows;
  }
  return {
    /** A page of a view, newest activity first. */
    async list(reader: InboxReader, query: InboxQuery): Promise<{ conversations: InboxConversation[]; next: string | null }> {
      const { view, department, channel, label, assignee, from, limit } = query;
      const wanted = [
        SEEN,
        VIEWS[view],
        department === undefined ? '' : department === '-' ? 'conversation.department is null' : 'department.key = :department',
        channel === undefined ? '' : 'channel = :channel',
        label === undefined
          ? ''
          : 'exists (select 1 from conversation_label where conversation_id = conversation.id and lower(label) = lower(:label))',
        assignee === undefined ? '' : assignee === '-' ? 'assignee is null' : 'assignee = :assignee',
        from === undefined
          ? ''
          : `(last_event_at, conversation.id) < (timestamptz 'epoch' + cast(:at as bigint) * interval '1 microsecond', :after)`,
      ];
      const [at = '0', after = ''] = from === undefined ? [] : placeFromText(from);
      const values = {
        ...bindings(reader),
        department: department ?? '',
        channel: channel ?? '',
        label: label ?? '',
        assignee: assignee ?? '',
        at,
        after,
        more: limit + 1,
      };
      const order = 'order by last_event_at desc, conversation.id desc limit :more';
      const rows = await select(`${wanted.filter((part) => part !== '').join(' and ')} ${order}`, values);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const next = last === undefined ? null : Buffer.from(JSON.stringify([last.place, last.id])).toString('base64url');
      return { conversations: page.map(toWire), next };
    },
    /** How many conversations each view has. */
    async count(reader: InboxReader): Promise<InboxCounts> {
      const counted = Object.entries(VIEWS).map(([view, where]) => `count(*) filter (where ${where})::integer as ${view}`);
      const result = await database.raw<{ rows: InboxCounts[] }>(
        `select ${counted.join(', ')} from conversation where ${SEEN}`,
        bindings(reader),
      );
      return result.rows[0] ?? { waiting: 0, mine: 0, all: 0, closed: 0 };
    },
    /** One that the reader may see. */
    async find(reader: InboxReader, number: number): Promise<InboxConversation | undefined> {
      const [row] = await select(`${SEEN} and number = :number`, { ...bindings(reader), number });
      return row === undefined ? undefined : toWire(row);
    },
    /** Those of a person, without one of them. */
    async listOfPerson(reader: InboxReader, personId: PersonId, without: number): Promise<InboxConversation[]> {
      const rows = await select(`${SEEN} and person_id = :personId and number <> :without order by last_event_at desc limit 50`, {
        ...bindings(reader),
        personId,
        without,
      });
      return rows.map(toWire);
    },
    /** Numbers of those of the rooms whose conversations the reader may see. */
    async numbersOf(reader: InboxReader, roomIds: readonly RoomId[]): Promise<Map<RoomId, number>> {
      const rows = await select(`${SEEN} and room_id = any (cast(:roomIds as text[]))`, { ...bindings(reader), roomIds: [...roomIds] });
      return new Map(rows.map(({ room_id: roomId, number }) => [roomId, number]));
    },
    /** Labels in use, by name. */
    async listLabels(companyId: CompanyId): Promise<string[]> {
      return database('conversation_label')
        .join('conversation', 'conversation.id', 'conversation_label.conversation_id')
        .where('conversation.company_id', companyId)
        .whereNull('conversation.hidden_at')
        .groupBy('label')
        .orderByRaw('count(*) desc, label')
        .limit(200)
        .pluck<string[]>('label');
    },
  };
}

/** See `createAgentInboxStore`. */
export type AgentInboxStore = ReturnType<typeof createAgentInboxStore>;
