import type { PanelFeatures } from './panel-features-wire.ts';

/**
 * What the panel page `/widget/<slug>` carries as JSON in `<script type="application/json" id="settings">`, and answers
 * itself when it is asked with `Accept: application/json` (for a fresh ticket). Query: `channel=widget|form`, `locale=<BCP 47>`.
 */
export type PanelSettings = PanelFeatures & {
  readonly company: {
    readonly slug: string;
    readonly name: string;
    /** Address on our origin, or null. */
    readonly logoUrl: string | null;
    /** Company colour `#rrggbb`, already shifted until white or near-black text on it reaches 4.5:1. */
    readonly color: string;
    /** Text colour on `color`. */
    readonly onColor: string;
    /** The same two for dark surroundings. */
    readonly darkColor: string;
    readonly onDarkColor: string;
    /** Texts in the page's language that the company wrote; absent ones are the panel's own. */
    readonly texts: { readonly title?: string; readonly greeting?: string };
    readonly imprintUrl: string | null;
    readonly privacyUrl: string | null;
  };
  /** false: the company is not open (draft, suspended, closed); nothing can be written. */
  readonly open: boolean;
  /** Language of the page: the one asked for, else the company's. */
  readonly locale: string;
  readonly channel: 'widget' | 'form';
  /** Opens one session, once; null when the company is not open. */
  readonly ticket: string | null;
  /** Files that can be sent: most octets, and media types found from their content; null: none. */
  readonly media: { readonly maxBytes: number; readonly types: readonly string[] } | null;
  /** Origins whose pages may hold the panel; messages of others are ignored. */
  readonly origins: readonly string[];
  /** Name of the service and address of its privacy notice. */
  readonly service: { readonly name: string; readonly privacyUrl: string };
};

/**
 * Messages between the loader on the host page and the panel, over a MessageChannel whose port the loader hands to the frame
 * with our exact origin as target; the panel takes it only from `window.parent` and an origin of `PanelSettings.origins`. Never a token.
 */
export type LoaderToPanel =
  /** The panel was shown or hidden. */
  | { readonly type: 'shown' }
  | { readonly type: 'hidden' }
  /** What the host page asks for from the beginning; see `SmoopeSettings`. */
  | {
      readonly type: 'settings';
      readonly value: {
        readonly theme?: string;
        readonly identity?: string;
        readonly attributes?: Readonly<Record<string, string>> | string;
      };
    }
  /** The company vouches for who sits there, by a JSON Web Token signed with its key. */
  | { readonly type: 'identify'; readonly value: string }
  /** The person signed out on the host page: the session ends. */
  | { readonly type: 'logout' }
  /** Values for fields that the company defined, by key. */
  | { readonly type: 'setAttributes'; readonly value: Readonly<Record<string, string>> }
  | { readonly type: 'setLocale'; readonly value: string }
  | { readonly type: 'setTheme'; readonly value: 'light' | 'dark' | 'auto' }
  /** Asks for the address of a window of its own; the answer is `popout`. */
  | { readonly type: 'popout' };

/** See `LoaderToPanel`. */
export type PanelToLoader =
  /** The person closed the panel. */
  | { readonly type: 'close' }
  /** Number of unread messages, for the badge. */
  | { readonly type: 'unread'; readonly count: number }
  /** Whether there is a conversation, so that later pages load the panel when idle. */
  | { readonly type: 'conversation'; readonly active: boolean }
  /** The panel can be used. */
  | { readonly type: 'ready' }
  /** A message came or went. */
  | { readonly type: 'message'; readonly own: boolean }
  /** The website's user was taken, or not. */
  | { readonly type: 'identified'; readonly verified: boolean }
  /** What the website asked for could not be done, or the server refused a message; `code` as the API gives it, empty where no answer came. */
  | { readonly type: 'error'; readonly code: string };
