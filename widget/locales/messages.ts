import type { messages } from './en.ts';

/** Names of the panel's texts; English is the measure that every language is held to. */
export type MessageKey = keyof typeof messages;

/** All texts of the panel in one language; `{name}` stands for a value. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** A text by its name, with its values put in. */
export type Text<Key extends string = MessageKey> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** Makes the function that gives texts of one language. A value is put in as it is: it reaches the page as text only. */
export function createText<Key extends string>(all: Readonly<Record<Key, string>>): Text<Key> {
  return (key, values = {}) =>
    all[key].replace(/\{(\w+)\}/g, (gap: string, name: string) => (Object.hasOwn(values, name) ? `${values[name]}` : gap));
}
