import type { ConversationEvent } from '../conversations/conversation-wire.ts';
import type { NotificationWay } from '../notifications/notification.ts';
import type { PreChatField } from '../contact-fields/contact-field-wire.ts';

/** What every page of a company's contact form shows. */
export type ContactPage = {
  /** Language of the page. */
  readonly locale: string;
  /** Whether it stands in a frame on a website of the company: no cookie is kept there, and links lead out of it. */
  readonly isFramed: boolean;
  readonly company: {
    readonly slug: string;
    readonly name: string;
    /** Address on our origin, or null. */
    readonly logoUrl: string | null;
    readonly imprintUrl: string | null;
    readonly privacyUrl: string | null;
    /** The first website that may show the widget, or null. */
    readonly websiteUrl: string | null;
  };
  /** Name of the service and address of its privacy notice. */
  readonly service: { readonly name: string; readonly privacyUrl: string };
};

/** Why a form was not taken, by field; the words stand with the page. */
export type ContactFault =
  /** The message is missing. */
  | 'empty'
  | 'tooLong'
  /** It holds what cannot be stored. */
  | 'unreadable'
  /** A field of the company that must be filled in. */
  | 'missing'
  /** A value that the company's field does not take. */
  | 'invalid'
  /** The field that people leave empty is filled in. */
  | 'trap'
  | 'tooFast'
  /** The page is older than a day, or was not ours. */
  | 'expired'
  /** So many forms arrive that each has to show some work first. */
  | 'puzzle'
  | 'busy'
  /** The message service cannot be reached. */
  | 'unavailable'
  /** So many codes were sent to this address, or asked for here, that no other is sent today. */
  | 'tooManyCodes'
  /** It is not the code that was sent, or it is good no more. */
  | 'wrongCode'
  /** The company writes with users of its own website only, and the form knows nobody. */
  | 'identityRequired'
  /** The company takes no more messages from this person. */
  | 'blocked'
  | 'closed';

/** A fault and the name of the field it belongs to; null: to the whole form. */
export type ContactError = {
  readonly field: string | null;
  readonly fault: ContactFault;
  /** Milliseconds after which sending again makes sense, where a limit was reached; becomes `Retry-After`. */
  readonly retryAfterMs?: number;
};

/** A form page: empty, or as it came back. */
export type ContactForm = {
  readonly token: string;
  /** Leading zero bits that the work for this token must show; null: none is asked for. */
  readonly puzzleBits: number | null;
  /** What the company asks beside the message. */
  readonly fields: readonly PreChatField[];
  /** Ways on which the person can be told of the answer. */
  readonly noticeWays: ContactNotice['ways'];
  /** What was entered, by name of the field. */
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly ContactError[];
};

/** Whether the person is told of an answer while they are away. */
export type ContactNotice = {
  /** Ways on which this installation can send; without any, nothing is asked. */
  readonly ways: readonly NotificationWay[];
  /** asked: a code was sent, and is waited for. */
  readonly state: 'none' | 'asked' | 'proven';
  /** The address as its owner recognises it. */
  readonly address: string | null;
};

/** After sending: where the answer will be. */
export type ContactSent = {
  /** Short number of the conversation. */
  readonly number: number;
  /** Opens the conversation once, anywhere. */
  readonly link: string;
  /** Days for which the link is good. */
  readonly linkDays: number;
  readonly notice: ContactNotice;
  /** What was entered about the notice, and what is wrong with it. */
  readonly form: Pick<ContactForm, 'values' | 'errors'>;
};

/** A conversation as a page, with a field to go on in it. */
export type ContactConversation = {
  readonly number: number;
  readonly isClosed: boolean;
  /** Oldest first, edits and deletions applied by the page. */
  readonly events: readonly ConversationEvent[];
  /** Whether older events are left out. */
  readonly hasOlder: boolean;
  readonly form: Pick<ContactForm, 'token' | 'values' | 'errors'>;
  readonly notice: ContactNotice;
  /** Zone in which times are shown, for a page that cannot know the person's. */
  readonly timeZone: string;
};

/** Prefix of the names of the company's own fields in the form. */
export const FIELD_PREFIX = 'field-';

/** Name of the field that people leave empty. */
export const TRAP_FIELD = 'website';

/** Name of the field for the number or mail address to which notices go. */
export const ADDRESS_FIELD = 'address';

/** Name of the field for the code that was sent there. */
export const CODE_FIELD = 'code';

/** How far a link is: not opened yet, good no more, or not opened because too many are tried at the moment. */
export type ContactLinkState = 'unopened' | 'used' | 'busy';
