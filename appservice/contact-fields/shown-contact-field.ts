import type { z } from 'zod';
import type { ContactFieldSetting } from '../companies/company-visitor-settings.ts';
import { textIn, type FieldLocale } from './contact-field.ts';
import type { ContactField } from './contact-field-store.ts';
import type { givenField } from './contact-field-wire.ts';

/** A value as it is shown to people. */
export type ShownContactField = z.input<typeof givenField>;

type Given = Pick<ContactField, 'key' | 'value' | 'purpose'>;

const TICKED: Record<FieldLocale, Readonly<Record<string, string>>> = { de: { yes: 'ja', no: 'nein' }, en: { yes: 'yes', no: 'no' } };

/** What a person gave, in the order in which the company asks; what it asks no more is named by its key and comes last. */
export function shownFields(settings: readonly ContactFieldSetting[], given: readonly Given[], locale: FieldLocale): ShownContactField[] {
  const placeOf = (key: string): number => {
    const place = settings.findIndex((one) => one.key === key);
    return place === -1 ? settings.length : place;
  };
  return given
    .toSorted((one, other) => placeOf(one.key) - placeOf(other.key))
    .map(({ key, value, purpose }) => ({ key, label: textIn(settings[placeOf(key)]?.label ?? { [locale]: key }, locale), purpose, value }));
}

/** The same with values in the words that stood in the form: what programs write is not what people chose. */
export function worded(
  settings: readonly ContactFieldSetting[],
  fields: readonly ShownContactField[],
  locale: FieldLocale,
): ShownContactField[] {
  return fields.map((field) => {
    const { type, options } = settings.find(({ key }) => key === field.key) ?? {};
    const label = options?.find(({ value }) => value === field.value)?.label;
    const ticked = type === 'checkbox' ? TICKED[locale][field.value] : undefined;
    return { ...field, value: label === undefined ? (ticked ?? field.value) : textIn(label, locale) };
  });
}
