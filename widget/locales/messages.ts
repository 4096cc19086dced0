import type { messages } from './en.ts';
import type { messages as more } from './more/en.ts';

/** Names of the panel's texts; English is the measure that every language is held to. */
export type MessageKey = keyof typeof messages;

/** All texts of the panel in one language; `{name}` stands for a value. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** Names of the texts that load with the parts of the panel that are rarely used. */
export type MoreKey = keyof typeof more;

/** Those texts in one language. */
export type MoreMessages = Readonly<Record<MoreKey, string>>;

/** All texts; only parts that load when they are used may ask for them. */
export type AllText = Text<MessageKey | MoreKey>;

/** A text by its name, with its values put in. */
export type Text<Key extends string = MessageKey> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Makes the function that gives texts of one language. A value is put in as it is: it reaches the page as text only.
 * `{count|one:a message|other:# messages}` chooses by the plural rules of the language (https://unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules).
 */
export function createText<Key extends string>(all: Readonly<Record<Key, string>>, language = 'en'): Text<Key> {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, values = {}) =>
    all[key].replace(/\{(\w+)((?:\|\w+:[^|}]*)*)\}/g, (gap: string, name: string, forms: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined || !forms) return value === undefined ? gap : `${value}`;
      const form = (category: string) => new RegExp(`\\|${category}:([^|]*)`).exec(forms)?.[1];
      return (form(rules.select(Number(value))) ?? form('other') ?? gap).replace('#', numbers.format(Number(value)));
    });
}
