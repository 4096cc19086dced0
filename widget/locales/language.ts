const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Direction of a language's script, for `dir`. */
export const directionOf = (locale: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(locale.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** The one of the languages that serves the wished one best: the same, the same without region, else English. */
export function chooseLanguage<Language extends string>(wished: string, languages: readonly (Language | 'en')[]): Language | 'en' {
  const tag = wished.toLowerCase();
  const base = tag.split('-')[0];
  return languages.find((language) => language.toLowerCase() === tag) ?? languages.find((language) => language === base) ?? 'en';
}
