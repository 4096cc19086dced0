import type { UserId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { Cast } from './cast.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationEvent, ConversationSummary, Sender, TextNode } from './conversation-wire.ts';
import { isEmote, textOf } from './formatted-text.ts';
import { shownContent } from './shown-content.ts';
import { shownMessage } from './shown-message.ts';

/** The company itself as sender. */
export function companyAsSender({ company }: Cast): Sender {
  const pictureUrl = company.logoMxc === null ? null : `/api/v1/companies/${company.slug}/logo`;
  return { kind: 'company', id: company.slug, name: company.name, pictureUrl };
}

/** A sender as the person sees it: name and picture are the company's choice, a Matrix id never shows. */
export function toSender(cast: Cast, userId: UserId): Sender {
  if (cast.identities.has(userId)) return { kind: 'person', id: 'person', name: '', pictureUrl: null };
  const company = companyAsSender(cast);
  const member = cast.members.get(userId);
  if (member === undefined) return company;
  const pictureUrl =
    member.pictureMxc === null ? company.pictureUrl : `/api/v1/companies/${cast.company.slug}/members/${member.id}/picture`;
  return { kind: 'agent', id: member.id, name: member.displayName ?? cast.company.name, pictureUrl };
}

/** What somebody does is told with their name before it, as it says nothing by itself; the person knows who they are. */
function withActor(content: MatrixEvent['content'], { name }: Sender): readonly TextNode[] | undefined {
  const text = textOf(content);
  return text !== undefined && isEmote(content) ? [name === '' ? '* ' : `* ${name} `, ...text] : text;
}

/** An event as the person sees it; content of an encrypted room passes unread. */
export function toConversationEvent(cast: Cast, conversation: Conversation, event: MatrixEvent, seq: number | null): ConversationEvent {
  const { type, content } = (conversation.encrypted ? undefined : shownMessage(event)) ?? event;
  const sender = toSender(cast, event.sender);
  const text = conversation.encrypted || type !== 'm.room.message' ? undefined : withActor(content, sender);
  return {
    conversationId: conversation.id,
    seq,
    eventId: event.eventId,
    type,
    at: event.at,
    sender,
    content: conversation.encrypted ? content : shownContent(content),
    ...(text === undefined ? {} : { text }),
    ...(event.redacts === undefined ? {} : { redacts: event.redacts }),
    ...(event.txnId === undefined ? {} : { txnId: event.txnId }),
  };
}

/** How far a conversation is, as the person sees it; `agents` are those in the room, latest first. */
export function toSummary(cast: Cast, conversation: Conversation, agents: readonly UserId[], unread: number): ConversationSummary {
  return {
    id: conversation.id,
    number: conversation.number,
    status: conversation.status,
    encrypted: conversation.encrypted,
    openedAt: conversation.openedAt.getTime(),
    closedAt: conversation.closedAt?.getTime() ?? null,
    ...(conversation.status === 'closed' ? { rated: conversation.isRated } : {}),
    lastSeq: conversation.lastSeq,
    readByPersonSeq: conversation.readByPersonSeq,
    readByCompanySeq: conversation.readByCompanySeq,
    unread,
    answering: agents.flatMap((userId) => (cast.members.has(userId) ? [toSender(cast, userId)] : [])),
  };
}
