import { html, nothing, type TemplateResult } from 'lit';

/** One input of a form. */
export type Entry = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What is said where the server does not take it. */
  readonly fault?: string;
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'url' | 'color';
  readonly inputmode?: 'numeric' | 'decimal' | 'url' | 'email';
  /** Lines of a longer text; one line where nothing is said. */
  readonly rows?: number;
};

/** An input with its label, its hint, and `said`: what is wrong with it. */
export function renderEntry(
  form: string,
  { name, label, hint, fault, value = '', type = 'text', inputmode, rows }: Entry,
  said: string | undefined,
): TemplateResult {
  const id = `${form}-${name}`;
  const described = [said === undefined ? '' : `${id}-fault`, hint === undefined ? '' : `${id}-hint`].filter(Boolean).join(' ');
  const shared = { invalid: said === undefined ? nothing : ('true' as const), described: described === '' ? nothing : described };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${said === undefined ? nothing : html`<p class="fault" id="${id}-fault">${said}</p>`}
    ${
      rows === undefined
        ? html`<input
            id=${id}
            name=${name}
            type=${type}
            inputmode=${inputmode ?? nothing}
            .defaultValue=${value}
            data-fault=${fault ?? nothing}
            aria-invalid=${shared.invalid}
            aria-describedby=${shared.described}
            autocomplete="off"
          />`
        : html`<textarea
            id=${id}
            name=${name}
            rows=${rows}
            .defaultValue=${value}
            data-fault=${fault ?? nothing}
            aria-invalid=${shared.invalid}
            aria-describedby=${shared.described}
          ></textarea>`
    }
  </div>`;
}

/** A box to tick. */
export function renderTick({ name, label, hint, ticked }: { name: string; label: string; hint?: string; ticked: boolean }): TemplateResult {
  return html`<div class="field">
    <label class="tick"><input type="checkbox" name=${name} .defaultChecked=${ticked} />${label}</label>
    ${hint === undefined ? nothing : html`<p class="hint">${hint}</p>`}
  </div>`;
}

/** A choice of one. */
export function renderChoice(
  form: string,
  {
    name,
    label,
    hint,
    value,
    options,
  }: Pick<Entry, 'name' | 'label' | 'hint'> & { value: string; options: readonly (readonly [string, string])[] },
): TemplateResult {
  const id = `${form}-${name}`;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <select id=${id} name=${name} aria-describedby=${hint === undefined ? nothing : `${id}-hint`}>
      ${options.map(([key, said]) => html`<option value=${key} .defaultSelected=${key === value} ?selected=${key === value}>${said}</option>`)}
    </select>
  </div>`;
}
