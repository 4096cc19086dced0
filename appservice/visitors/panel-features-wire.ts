/** Limits of files that a person may send; the server finds the real type of each file from its content. */
export type MediaLimits = {
  /** Largest file, in bytes. */
  readonly maxBytes: number;
  /** Types that are taken: `image/png`, a whole group as `image/*`, or `*\/*`. */
  readonly types: readonly string[];
};

/** Something the company asks before the first message. */
export type PreChatField = {
  /** Name of the field in `fields` of the first event: letters, digits, `_`. */
  readonly key: string;
  /** What is asked, in the language of the page. */
  readonly label: string;
  /** What it is asked for, in the language of the page; stands beside the field. */
  readonly purpose: string;
  /** What can be entered; `agreement` is a box to tick, its value `yes`. */
  readonly kind: 'text' | 'email' | 'phone' | 'choice' | 'agreement';
  /** Whether nothing can be written without it. */
  readonly required: boolean;
  /** Most characters of a text. */
  readonly maxLength?: number;
  /** What can be chosen, for `choice`. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
};

/** What a panel can do beyond plain messages; what is absent is not offered. */
export type PanelFeatures = {
  /** Files; null or absent: none can be sent. */
  readonly media?: MediaLimits | null;
  /** What is asked before the first message. */
  readonly preChat?: readonly PreChatField[];
  /** Whether somebody is there now by the company's hours, and what the company says of it in the language of the page. */
  readonly availability?: { readonly open: boolean; readonly text?: string };
  /** Whether a person must be identified by the company's website before writing. */
  readonly identity?: { readonly required: boolean };
  /** false: nobody is asked how it was after a conversation was closed. */
  readonly rating?: boolean;
};
