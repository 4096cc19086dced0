import type { TemplateResult } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { AllText } from '../../locales/messages.ts';
import type { Composer } from '../composer/composer.ts';
import type { ExtraRequest } from '../extra-request.ts';
import type { MessageList } from '../message-list/message-list.ts';
import type { RowExtras } from '../message-list/row-extras.ts';
import type { PanelClient, PanelView } from '../panel-view.ts';

type ExtraPart = 'attachments' | 'emoji' | 'media' | 'messageMenu' | 'rating' | 'voice';

/** What the extras of a conversation work on. */
export type ExtrasHost = {
  readonly settings: PanelSettings;
  readonly text: AllText;
  readonly client: PanelClient;
  /** Fetches a part of the panel. */
  readonly parts: { readonly load: (name: ExtraPart) => Promise<unknown> };
  readonly view: PanelView;
  /** Language tag for dates, times and numbers. */
  readonly region: string;
  /** The message field; null where nothing can be written. */
  readonly composer: Composer | null;
  /** The messages; null before the first one. */
  readonly list: MessageList | null;
  /** Where the panel is drawn. */
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Draws anew. */
  readonly requestUpdate: () => void;
  /** Resolves when it is drawn. */
  readonly updateComplete: Promise<boolean>;
};

/**
 * Everything of a conversation that is more than reading and writing words: answers, edits, reactions, files, voice messages,
 * emoji, the question after the end. Loads when it is used for the first time.
 */
export type Extras = RowExtras & {
  /** Does what the message list or the message field asks for. */
  readonly handle: (request: ExtraRequest) => void;
  /** Sends words with what belongs to them; false where they are a plain message. */
  readonly send: (words: string) => boolean;
  /** Number of files that go with the next message. */
  readonly attached: () => number;
  /** Whether a recorder stands in the place of the message field. */
  readonly isRecording: () => boolean;
  /** Called after every drawing. */
  readonly updated: () => void;
  /** What stands above the message field. */
  readonly above: () => TemplateResult;
  /** What lies over the conversation. */
  readonly over: () => unknown;
};
