import type { FIELD_PREFIX, TRAP_FIELD } from '../../appservice/contact-form/contact-form-wire.ts';

/** Prefix of the names of the company's own fields, as the server reads them. */
export const FIELD_PREFIX_NAME: typeof FIELD_PREFIX = 'field-';

/** Name of the field that people leave empty, as the server reads it. */
export const TRAP_NAME: typeof TRAP_FIELD = 'website';
