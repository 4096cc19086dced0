import type { ADDRESS_FIELD, CODE_FIELD, FIELD_PREFIX, TRAP_FIELD } from '../../appservice/contact-form/contact-form-wire.ts';

/** Prefix of the names of the company's own fields, as the server reads them. */
export const FIELD_PREFIX_NAME: typeof FIELD_PREFIX = 'field-';

/** Name of the field that people leave empty, as the server reads it. */
export const TRAP_NAME: typeof TRAP_FIELD = 'website';

/** Name of the field for the address to which notices go, as the server reads it. */
export const ADDRESS_NAME: typeof ADDRESS_FIELD = 'address';

/** Name of the field for the code that was sent there, as the server reads it. */
export const CODE_NAME: typeof CODE_FIELD = 'code';
