/** Text that is HTML already; everything else is escaped when it is put into a page. */
export type Html = { readonly html: string };

type Value = string | number | Html | readonly Value[] | undefined | false;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function put(value: Value): string {
  if (value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(put).join('');
  if (typeof value === 'object' && 'html' in value) return value.html;
  return `${value as string | number}`.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Builds HTML on the server; every value is escaped unless it is `Html` itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.reduce((all, part, index) => all + put(values[index - 1]) + part) };
}

/** A value as the content of a JSON script block: nothing in it can end or change the block. */
export function jsonBlock(value: unknown): Html {
  const text = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { html: text };
}
