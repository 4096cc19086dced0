import { chooseLanguage } from './language.ts';
import { type AllText, createText, type Messages, type MoreMessages } from './messages.ts';

type LanguageFiles = {
  readonly core: () => Promise<{ readonly messages: Messages }>;
  readonly more: () => Promise<{ readonly messages: MoreMessages }>;
};

/** The panel's languages: to add one, write its two files and its line here. A file is fetched when it is needed. */
export const languages: Readonly<Record<string, LanguageFiles>> = {
  de: { core: () => import('./de.ts'), more: () => import('./more/de.ts') },
  en: { core: () => import('./en.ts'), more: () => import('./more/en.ts') },
};

/** The texts of one language. */
export type Texts = {
  /** Which language it became. */
  readonly language: string;
  /** Gives a text; those of rarely used parts are there after `loadMore`. */
  readonly text: AllText;
  /** Fetches the texts of rarely used parts, once. */
  readonly loadMore: () => Promise<void>;
};

/** Fetches the texts for a language. */
export async function loadTexts(wished: string): Promise<Texts> {
  const language = chooseLanguage(wished, Object.keys(languages));
  const files = languages[language];
  if (!files) throw new Error(language);
  const { messages } = await files.core();
  const all = { ...messages } as Messages & MoreMessages;
  return {
    language,
    text: createText(all, language),
    loadMore: async () => void Object.assign(all, (await files.more()).messages),
  };
}
