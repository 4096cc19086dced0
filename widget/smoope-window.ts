/** Settings of the widget, read once when its script runs; an attribute of the script tag (`data-company`) wins over them. */
export type SmoopeSettings = {
  /** Slug of the company. */
  readonly company?: string;
  /** Language (BCP 47); else the page's. */
  readonly locale?: string;
  /** Colour of the button, `#rrggbb`. */
  readonly color?: string;
  /** Side of the window on which the button stands; else where text ends. */
  readonly position?: 'left' | 'right';
  /** Look of the panel; else as the person's system has it. */
  readonly theme?: 'light' | 'dark' | 'auto';
  /** true: no button; the panel opens by command. */
  readonly hidden?: boolean;
  /** JSON Web Token with which the company vouches for who is signed in; see `identify`. */
  readonly identity?: string;
  /** Values for fields that the company defined for its chat, by key. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** What listeners are told, by event. */
export type SmoopeEvents = {
  /** The panel can be used. */
  ready: unknown;
  opened: unknown;
  closed: unknown;
  /** A message was sent or came in; never its content. */
  message: { readonly own: boolean };
  /** The number of unread messages changed. */
  unread: { readonly count: number };
  /** The panel has taken an identity, or is without one again. */
  identified: { readonly verified: boolean };
  /** A command was not understood or could not be carried out, or a message of the person was refused. */
  error: { readonly code: string };
};

/** A listener of one event; what happened stands in `detail`. */
export type SmoopeListener<Name extends keyof SmoopeEvents> = (event: CustomEvent<SmoopeEvents[Name]>) => void;

/** Commands with their arguments. */
export type SmoopeCommands = {
  /** Opens the panel. */
  open: [];
  /** Closes the panel; what was written stays. */
  close: [];
  /** Opens or closes the panel. */
  toggle: [];
  /** Shows the button. */
  show: [];
  /** Hides button and panel. */
  hide: [];
  /** Opens the panel at the menu from which the person takes the conversation into a window of its own. */
  popout: [];
  /** Takes the widget off the page. */
  destroy: [];
  /** Says who is signed in on the page, by a JSON Web Token signed with the company's key. */
  identify: [token: string];
  /** Ends the visitor's session in this browser. */
  logout: [];
  /** Fills fields that the company defined, by key. */
  setAttributes: [values: Readonly<Record<string, string>>];
  /** Changes the language (BCP 47). */
  setLocale: [locale: string];
  /** Changes the look of the panel. */
  setTheme: [theme: 'light' | 'dark' | 'auto'];
  on: { [Name in keyof SmoopeEvents]: [event: Name, listener: SmoopeListener<Name>] }[keyof SmoopeEvents];
  /** Takes a listener away. */
  off: { [Name in keyof SmoopeEvents]: [event: Name, listener: SmoopeListener<Name>] }[keyof SmoopeEvents];
};

/** The widget on a page: `Smoope('open')`. A stub may collect commands in `q` before the script has loaded. */
export type Smoope = {
  (...command: { [Name in keyof SmoopeCommands]: [command: Name, ...args: SmoopeCommands[Name]] }[keyof SmoopeCommands]): void;
  /** Commands given before load, as lists of arguments. */
  q?: Iterable<ArrayLike<unknown>>;
  /** Set by the loader: a second inclusion of the script does nothing. */
  loaded?: true;
};

declare global {
  interface Window {
    /** The widget; absent before its script or a stub has run. */
    Smoope?: Smoope;
    /** Settings that the script reads when it runs. */
    SmoopeSettings?: SmoopeSettings;
  }
}
