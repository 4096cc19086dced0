import type { ContactError, ContactForm } from '../../appservice/contact-form/contact-form-wire.ts';
import type { PreChatField } from '../../appservice/contact-fields/contact-field-wire.ts';
import { html, type Html } from '../html.ts';
import { fill } from '../fill.ts';
import type { ContactTexts } from './contact-texts-en.ts';

type Values = ContactForm['values'];

/** What a field needs beside its own definition. */
export type FieldContext = {
  readonly text: ContactTexts;
  readonly company: string;
  readonly values: Values;
  readonly errors: readonly ContactError[];
};

/** The sentence for what is wrong with a field; undefined where nothing is. */
export function faultOf({ text, company, errors }: FieldContext, name: string | null): string | undefined {
  const error = errors.find(({ field }) => field === name);
  return error === undefined ? undefined : fill(text.faults[error.fault], { company });
}

/** What is wrong with a field, above it. */
export const errorLine = (name: string, fault: string | undefined): Html | false =>
  fault !== undefined && html`<p class="fault" id="${name}-fault">${fault}</p>`;

/** Names what describes a field: its fault and its hint. */
export const described = (name: string, fault: string | undefined, hasHint: boolean): Html | false => {
  const ids = [...(fault === undefined ? [] : [`${name}-fault`]), ...(hasHint ? [`${name}-hint`] : [])].join(' ');
  return ids !== '' && html` aria-describedby="${ids}"`;
};

/** Marks a field that is at fault; a browser begins there. */
export const invalid = (fault: string | undefined): Html | false => fault !== undefined && html` aria-invalid="true" autofocus`;

/** The field for a message. */
export function messageField(context: FieldContext, label: string): Html {
  const fault = faultOf(context, 'message');
  return html`<div class="field">
    <label for="message">${label}</label>
    ${errorLine('message', fault)}
    <textarea
      id="message"
      name="message"
      rows="6"
      maxlength="10000"
      required
      dir="auto"
      autocomplete="off"
      ${invalid(fault)}${described('message', fault, false)}
    >
${context.values['message'] ?? ''}</textarea>
  </div>`;
}

const TYPES = { text: 'text', email: 'email', phone: 'tel' } as const;
const AUTOCOMPLETE = { text: 'on', email: 'email', phone: 'tel' } as const;

/** A field that the company asks, under the name `name` in the form. */
export function companyField(context: FieldContext, field: PreChatField, name: string): Html {
  const { text, values } = context;
  const fault = faultOf(context, name);
  const value = values[name] ?? '';
  const required = field.required && html` required`;
  const hints = html`<p class="hint" id="${name}-hint">${field.purpose}</p>`;
  const attributes = html`${required}${invalid(fault)}${described(name, fault, true)}`;
  if (field.kind === 'agreement') {
    const checked = value === 'yes' && html` checked`;
    return html`<div class="field tick">
      ${errorLine(name, fault)}
      <input type="checkbox" id="${name}" name="${name}" value="yes" ${checked}${attributes} />
      <label for="${name}">${field.label}</label>
      ${hints}
    </div>`;
  }
  const label = html`<label for="${name}"
    >${field.label}${!field.required && html` <span class="optional">(${text.optional})</span>`}</label
  >`;
  if (field.kind === 'choice') {
    return html`<div class="field">
      ${label} ${hints} ${errorLine(name, fault)}
      <select id="${name}" name="${name}" ${attributes}>
        <option value="">${text.choose}</option>
        ${(field.options ?? []).map(
          (option) => html`<option value="${option.value}" ${option.value === value && html`selected`}>${option.label}</option>`,
        )}
      </select>
    </div>`;
  }
  const longest = field.maxLength !== undefined && html` maxlength="${field.maxLength}"`;
  return html`<div class="field">
    ${label} ${hints} ${errorLine(name, fault)}
    <input
      type="${TYPES[field.kind]}"
      id="${name}"
      name="${name}"
      value="${value}"
      autocomplete="${AUTOCOMPLETE[field.kind]}"
      dir="auto"
      ${longest}${attributes}
    />
  </div>`;
}
