import type { Company } from '../companies/company.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import { FIELD_PREFIX, type ContactError, type ContactFault } from './contact-form-wire.ts';

/** Errors of the other nouns that the person can do something about. */
const FAULT_OF_CODE: Readonly<Partial<Record<ErrorCode, ContactFault>>> = {
  COM_SMOOPE_BLOCKED: 'blocked',
  COM_SMOOPE_COMPANY_NOT_OPEN: 'closed',
  COM_SMOOPE_DATABASE_UNAVAILABLE: 'unavailable',
  COM_SMOOPE_HOMESERVER_UNAVAILABLE: 'unavailable',
  COM_SMOOPE_IDENTITY_REQUIRED: 'identityRequired',
  M_LIMIT_EXCEEDED: 'busy',
  M_UNKNOWN_TOKEN: 'expired',
};

/** An error that the person can do something about, as the form says it; undefined for any other. */
export function errorOf(error: unknown): ContactError | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const key = /^body\.fields\.(\w+)$/.exec(error.field ?? '')?.[1];
  if (key !== undefined) return { field: `${FIELD_PREFIX}${key}`, fault: error.code === 'M_MISSING_PARAM' ? 'missing' : 'invalid' };
  const fault = FAULT_OF_CODE[error.code];
  if (fault === undefined) return undefined;
  return { field: null, fault, ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }) };
}

/** Why a company has no form for anybody: it is not open, or writes with users of its website only, whom a form does not know. */
export function shutFor({ status, settings }: Company): 'closed' | 'identityRequired' | undefined {
  if (status !== 'live') return 'closed';
  return settings.identity.required ? 'identityRequired' : undefined;
}
