import { chooseLanguage } from './language.ts';
import type { Messages } from './messages.ts';

type LanguageFile = { readonly messages: Messages };

/** The panel's languages: to add one, write its file and its line here. A language is fetched when a page asks for it. */
export const languages: Readonly<Record<string, () => Promise<LanguageFile>>> = {
  de: () => import('./de.ts'),
  en: () => import('./en.ts'),
};

/** Fetches the texts for a language; says which language it became. */
export async function loadMessages(wished: string): Promise<{ readonly language: string; readonly messages: Messages }> {
  const language = chooseLanguage(wished, Object.keys(languages));
  const file = await languages[language]?.();
  if (!file) throw new Error('English is missing');
  return { language, messages: file.messages };
}
