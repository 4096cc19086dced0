import type { PreChatField } from '../contact-fields/contact-field-wire.ts';

/** Limits of files that a person may send; the server finds the real type of each file from its content. */
export type MediaLimits = {
  /** Largest file, in bytes. */
  readonly maxBytes: number;
  /** Types that are taken: `image/png`, a whole group as `image/*`, or `*\/*`. */
  readonly types: readonly string[];
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
