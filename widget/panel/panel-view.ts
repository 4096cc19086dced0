import type { Api, ApiRequest } from '../transport/api.ts';
import type { Session } from '../transport/session.ts';
import type { Kept, OutboxItem, OutgoingEvent, SessionStore } from '../transport/session-store.ts';
import type { Change, ConversationState, Thread } from './conversation-state.ts';

/** What the panel shows. */
export type PanelView = {
  /** The conversation on display; undefined before the first message. */
  readonly thread: Thread | undefined;
  /** All conversations, latest first. */
  readonly threads: ConversationState;
  /** The person begins another conversation. */
  readonly isNew: boolean;
  /** Events of the conversation on display that are on their way, oldest first. */
  readonly outbox: readonly OutboxItem[];
  /** Nothing goes through at the moment; it is tried again. */
  readonly isInterrupted: boolean;
  /** The server ended the session; the next message begins a new one. */
  readonly isSessionGone: boolean;
  /** Whether there is a session at all. */
  readonly hasSession: boolean;
  /** The conversations of the session were read: if there are none, none was begun. */
  readonly isListed: boolean;
  /** State of reading older events. */
  readonly history: 'idle' | 'loading' | 'failed';
  /** Unread messages of all conversations. */
  readonly unread: number;
  /** Values of what the company asks, which go with the next message. */
  readonly fields: OutboxItem['fields'] | undefined;
  /** What the person set, and was asked. */
  readonly kept: Pick<Kept, 'sound' | 'rated' | 'isVerified'>;
};

/** The panel without its looks: session, messages, stream. */
export type PanelClient = {
  /** What is to be shown now. */
  readonly view: () => PanelView;
  /** Takes up an earlier session, if there is one. */
  readonly start: () => void;
  /** Sends an event into the conversation on display, or the one it names; it is shown at once and kept until it is delivered. */
  readonly send: (event: OutgoingEvent) => void;
  /** Sets the values of what the company asks; they go with the next message. */
  readonly describe: (fields: Readonly<Record<string, string>>) => void;
  /** Sends a refused message again. */
  readonly retry: (txnId: string) => void;
  /** The person changed the text of the message field. */
  readonly write: (draft: string) => void;
  /** Text of the message field as it was kept. */
  readonly draft: () => string;
  /** Reads the latest page of events, or the one before those known. */
  readonly loadOlder: () => void;
  /** The person sees the end of the conversation. */
  readonly markSeen: () => void;
  /** Shows another conversation; `new` for one that begins with the next message. */
  readonly select: (conversationId: string) => void;
  /** Asks the API with the session's token, opening a session where there is none; throws `ApiFailure`. */
  readonly call: <T>(request: ApiRequest) => Promise<T>;
  /** Runs a request with the session's token, opening a session where there is none. */
  readonly use: Session['use'];
  /** As `call`, with the answer as it comes in. */
  readonly open: Api['open'];
  /** Address of something of a conversation in the API. */
  readonly pathOf: (conversationId: string, rest: string) => string;
  /** What the browser keeps. */
  readonly store: SessionStore;
  /** Changes what is known of the conversations. */
  readonly change: (change: Change) => void;
  /** The page came back: nothing waits any longer. */
  readonly hurry: () => void;
  /** The network came or went. */
  readonly networkChanged: () => void;
  /** Another tab changed what is kept. */
  readonly storageChanged: () => void;
  /** Lets go of the connection; `start` takes it up again. */
  readonly close: () => void;
};
