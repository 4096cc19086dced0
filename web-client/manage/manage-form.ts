/** How far a form is. */
export type FormState =
  { readonly kind: 'changed' | 'saving' | 'saved' } | { readonly kind: 'failed'; readonly name: string | undefined; readonly text: string };

/** Something that was entered cannot be: `name` is the input it is about. */
export class EntryFault extends Error {
  override readonly name = 'EntryFault';
  readonly input: string;

  constructor(input: string, text: string) {
    super(text);
    this.input = input;
  }
}

/** Which input the server means: `body.preChat.2.label` is about `preChat.2.label`, or about an input that holds it as a whole. */
export function inputOf(field: string | undefined, inputs: readonly string[]): string | undefined {
  const path = (field ?? '').replace(/^(body|params|query)\./, '').split('.');
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join('.');
    if (inputs.includes(name)) return name;
  }
  return undefined;
}

/** Trimmed value of an input of a form; empty where there is none of the name. */
export function valueOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Whether a box is ticked. */
export const isTicked = (form: HTMLFormElement, name: string): boolean => new FormData(form).has(name);

/** A number that was entered, with a comma or a point; undefined where nothing was. Throws `EntryFault` with `text` for anything else. */
export function numberOf(form: HTMLFormElement, name: string, text: string): number | undefined {
  const value = valueOf(form, name);
  if (value === '') return undefined;
  const number = Number(value.replace(',', '.'));
  if (!Number.isFinite(number)) throw new EntryFault(name, text);
  return number;
}

/** Lines of a text, without those that are empty. */
export const linesOf = (text: string): string[] =>
  text
    .split(/[\n\s]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
