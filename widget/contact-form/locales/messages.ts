import type { messages } from './en.ts';

/** Names of the form's texts. */
export type FormMessageKey = keyof typeof messages;

/** All texts of the form in one language. */
export type FormMessages = Readonly<Record<FormMessageKey, string>>;
