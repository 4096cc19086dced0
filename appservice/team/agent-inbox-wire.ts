import { z } from 'zod';
import { departmentKey } from './department-wire.ts';
import { LABEL } from './team-command.ts';

const slug = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be 2 to 31 small letters, digits and hyphens, a letter first');
const number = z.coerce.number().int().min(1).max(2_147_483_647).describe('Short number of the conversation.');
const memberId = z.uuid().describe('Row id of a member, as the inbox lists them.');
const label = z
  .string()
  .transform((text) => text.normalize('NFC').trim().replaceAll(/\s+/g, ' '))
  .pipe(z.string().regex(LABEL, 'must be 1 to 40 letters, digits and spaces, and + # & / - . _ between them'));
const at = z.int().describe('Milliseconds since 1970.');

/** Parameters of paths below `/api/v1/companies/{slug}`. */
export const inboxParams = z.object({ slug });
/** See `inboxParams`. */
export const inboxConversationParams = z.object({ slug, number });
/** See `inboxParams`. */
export const inboxLabelParams = z.object({ slug, number, label });

/** Which conversations a view shows: that nobody answered yet, that are with me, that are not closed, that are. */
export const inboxView = z.enum(['waiting', 'mine', 'all', 'closed']);

/** Query of the list; `-` stands for conversations of no department, or with nobody. */
export const inboxQuery = z.object({
  view: inboxView.default('waiting'),
  department: z
    .union([z.literal('-'), departmentKey])
    .optional()
    .describe('Key of a department; "-": of the whole company.'),
  channel: z.enum(['widget', 'form', 'matrix']).optional(),
  label: label.optional(),
  assignee: z
    .union([z.literal('-'), memberId])
    .optional()
    .describe('Row id of a member; "-": with nobody.'),
  from: z.string().max(200).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** A conversation in the inbox: no words, no name of a person. */
export const inboxConversation = z
  .object({
    number: z.int(),
    roomId: z.string().describe('Matrix room that holds the words.'),
    status: z.enum(['waiting', 'open', 'closed']),
    channel: z.enum(['widget', 'form', 'matrix']),
    department: z.string().nullable().describe('Key of its department; null: the whole company.'),
    assignee: z.string().nullable().describe('Row id of the member who answers.'),
    labels: z.array(z.string()),
    openedAt: at,
    closedAt: at.nullable(),
    activeAt: at.describe('Last activity, in milliseconds since 1970.'),
    waitingSince: at.nullable(),
    isJoined: z.boolean().describe('Whether you are in its room.'),
  })
  .meta({ id: 'InboxConversation' });

/** Conversations of each view that you may see, whatever the filter. */
export const inboxCounts = z.object({ waiting: z.int(), mine: z.int(), all: z.int(), closed: z.int() });

/** A page of the inbox. */
export const inboxPage = z.object({
  conversations: z.array(inboxConversation).describe('Newest activity first.'),
  counts: inboxCounts,
  next: z.string().nullable().describe('What to give as `from` for the page after this one; null at the end.'),
});

/** What is known of a person, as far as this company may see it. */
export const personFact = z.object({
  label: z.string().nullable().describe('What the company asked; null where the source says what it is.'),
  value: z.string(),
  source: z
    .enum(['asked', 'website', 'language'])
    .describe(
      'asked: the person answered a question of the company; website: its website vouches for it; language: of the page they wrote from.',
    ),
  purpose: z.string().nullable().describe('Sentence that stood beside the question.'),
});

/** A conversation with the person's card. */
export const inboxConversationDetails = inboxConversation.extend({
  announcement: z
    .object({ roomId: z.string(), eventId: z.string() })
    .nullable()
    .describe('Its announcement in the team; notes are the thread below it. Null until it is sent.'),
  person: z.object({ hasAccount: z.boolean(), facts: z.array(personFact) }),
  others: z.array(inboxConversation).describe('Other conversations of this person with the company, newest activity first.'),
});

/** Answer of what changes a conversation. */
export const changedConversation = z.object({
  conversation: inboxConversation.nullable().describe('As it is now; null where you see it no more.'),
});

/** The workplace of an agent at a company. */
export const inboxWorkplace = z
  .object({
    company: z.object({ slug: z.string(), name: z.string(), userId: z.string() }),
    me: z.object({ id: z.string(), role: z.enum(['agent', 'admin']), away: z.boolean() }),
    members: z.array(z.object({ id: z.string(), userId: z.string(), name: z.string(), isBot: z.boolean() })),
    departments: z.array(z.object({ key: z.string(), name: z.string(), isMine: z.boolean(), members: z.array(z.string()) })),
    labels: z.array(z.string()).describe('Labels in use.'),
    cannedReplies: z.array(z.object({ name: z.string(), texts: z.record(z.string(), z.string()) })).describe('By name; texts by language.'),
    locale: z.enum(['de', 'en']),
    teamRooms: z.array(z.string()).describe('Matrix rooms in which your conversations are announced: what changes shows there.'),
  })
  .meta({ id: 'InboxWorkplace' });

/** Companies for which somebody works, each with what waits there. */
export const inboxesResponse = z.object({
  companies: z.array(z.object({ slug: z.string(), name: z.string(), role: z.enum(['agent', 'admin']), counts: inboxCounts })),
});

/** Body of `PUT …/assignee`. */
export const assigneeRequest = z.strictObject({ member: memberId.nullable().describe('Null: nobody.') });
/** Body of `PUT …/department`. */
export const departmentRequest = z.strictObject({ department: departmentKey.nullable().describe('Null: the whole company.') });
/** Body and answer of `…/availability`. */
export const availabilityBody = z.strictObject({ away: z.boolean().describe('Whether you get no conversations in turn.') });
/** Body of `POST …/search`; not a query, because addresses are logged by others. */
export const searchRequest = z.strictObject({ words: z.string().trim().min(2).max(200) });

/** Messages that hold the words, newest first. */
export const searchResponse = z.object({
  found: z.array(
    z.object({
      number: z.int(),
      roomId: z.string(),
      eventId: z.string(),
      at,
      text: z.string().describe('Beginning of the message.'),
      isOurs: z.boolean(),
    }),
  ),
  isComplete: z.boolean().describe('False where there are more than were looked at.'),
});

/** See `inboxQuery`. */
export type InboxQuery = z.output<typeof inboxQuery>;
/** See `inboxView`. */
export type InboxView = z.output<typeof inboxView>;
/** See `inboxConversation`. */
export type InboxConversation = z.output<typeof inboxConversation>;
/** See `inboxCounts`. */
export type InboxCounts = z.output<typeof inboxCounts>;
/** See `inboxPage`. */
export type InboxPage = z.output<typeof inboxPage>;
/** See `inboxConversationDetails`. */
export type InboxConversationDetails = z.output<typeof inboxConversationDetails>;
/** See `changedConversation`. */
export type ChangedConversation = z.output<typeof changedConversation>;
/** See `personFact`. */
export type PersonFact = z.output<typeof personFact>;
/** See `inboxWorkplace`. */
export type InboxWorkplace = z.output<typeof inboxWorkplace>;
/** See `inboxesResponse`. */
export type Inboxes = z.output<typeof inboxesResponse>;
/** See `searchResponse`. */
export type FoundMessages = z.output<typeof searchResponse>;
