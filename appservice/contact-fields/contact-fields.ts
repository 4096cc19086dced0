import type { Company } from '../companies/company.ts';
import type { ContactFieldSetting } from '../companies/company-visitor-settings.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { PersonId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import { checkFields, fieldLocale, requireFields, textIn, type FieldLocale, type GivenFields } from './contact-field.ts';
import { createContactFieldStore } from './contact-field-store.ts';
import type { PreChatField } from './contact-field-wire.ts';
import { shownFields, worded, type ShownContactField } from './shown-contact-field.ts';

const KINDS = { text: 'text', email: 'email', tel: 'phone', select: 'choice', checkbox: 'agreement' } as const;

function toPreChatField(setting: ContactFieldSetting, locale: FieldLocale): PreChatField {
  const { key, type, required, label, purpose, options, maxLength, pattern } = setting;
  return {
    key,
    label: textIn(label, locale),
    purpose: textIn(purpose, locale),
    kind: KINDS[type],
    required,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(options === undefined ? {} : { options: options.map((option) => ({ value: option.value, label: textIn(option.label, locale) })) }),
  };
}

/** What a company asks for, in the language of a page. */
export const preChatOf = ({ settings }: Company, locale: string): readonly PreChatField[] =>
  settings.preChat.map((setting) => toPreChatField(setting, fieldLocale(locale)));

/** What people tell a company about themselves: asked for with a purpose, kept in rows, never in Matrix. */
export function createContactFields({ database, addToOutbox }: { database: Database; addToOutbox: AddToOutbox }) {
  const store = createContactFieldStore(database);

  // Agents may have asked: what they were answered then is no longer so.
  const takeBack = (transaction: Database, { id: companyId }: Company, personId: PersonId): Promise<unknown> =>
    addToOutbox(transaction, [{ lane: companyId, action: 'takeBackContactFields', payload: { companyId, personId } }]);

  const valuesOf = async (personId: PersonId | undefined, company: Company): Promise<GivenFields> => {
    const known = personId === undefined ? [] : await store.list(personId, company.id);
    return Object.fromEntries(known.map(({ key, value }) => [key, value]));
  };

  const list = async (personId: PersonId, company: Company, locale: string): Promise<ShownContactField[]> =>
    shownFields(company.settings.preChat, await store.list(personId, company.id), fieldLocale(locale));

  return {
    /** What a person gave, with values as their form holds them. */
    list,
    /** The same for the company's people, in words. */
    listWorded: async (personId: PersonId, company: Company, locale: string): Promise<ShownContactField[]> =>
      worded(company.settings.preChat, await list(personId, company, locale), fieldLocale(locale)),
    /** Checks what came with a message; throws `ApiError` that names the field. */
    check: ({ settings }: Company, given: GivenFields): GivenFields => checkFields(settings.preChat, given),
    /** Whether the company asks for something without which no conversation begins. */
    hasRequired: ({ settings }: Company): boolean => settings.preChat.some(({ required }) => required),
    /** Throws M_MISSING_PARAM where something is missing that neither came now nor was given before. */
    async requireAll(company: Company, personId: PersonId | undefined, given: GivenFields): Promise<void> {
      requireFields(company.settings.preChat, { ...(await valuesOf(personId, company)), ...given });
    },
    /** Keeps checked values in the caller's transaction, each with the purpose that the person read. */
    async keep(transaction: Database, company: Company, person: { id: PersonId; locale: string }, given: GivenFields): Promise<void> {
      const language = fieldLocale(person.locale);
      const purposeOf = (key: string): string => {
        const setting = company.settings.preChat.find((one) => one.key === key);
        return setting === undefined ? '' : textIn(setting.purpose, language);
      };
      const fields = Object.entries(given).map(([key, value]) => ({ key, value, purpose: purposeOf(key) }));
      const isChange = await createContactFieldStore(transaction).keep(person.id, company.id, fields);
      if (isChange) await takeBack(transaction, company, person.id);
    },
    /** Takes a value away; false where there was none. */
    remove: (personId: PersonId, company: Company, key: string): Promise<boolean> =>
      inTransaction(database, async (transaction) => {
        const removed = await createContactFieldStore(transaction).remove(personId, company.id, key);
        if (removed) await takeBack(transaction, company, personId);
        return removed;
      }),
  };
}

/** See `createContactFields`. */
export type ContactFields = ReturnType<typeof createContactFields>;
