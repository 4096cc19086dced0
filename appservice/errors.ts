/** Every code an answer may carry; Matrix-shaped (https://spec.matrix.org/v1.15/client-server-api/#standard-error-response), our own begin with `COM_SMOOPE_`. */
export type ErrorCode =
  | 'M_BAD_JSON'
  | 'M_NOT_JSON'
  | 'M_INVALID_PARAM'
  | 'M_MISSING_PARAM'
  | 'M_UNKNOWN_TOKEN'
  | 'M_MISSING_TOKEN'
  | 'M_FORBIDDEN'
  | 'M_NOT_FOUND'
  | 'M_LIMIT_EXCEEDED'
  | 'M_TOO_LARGE'
  | 'M_UNRECOGNIZED'
  | 'M_UNKNOWN'
  | 'COM_SMOOPE_HOMESERVER_UNAVAILABLE'
  | 'COM_SMOOPE_DATABASE_UNAVAILABLE'
  | 'COM_SMOOPE_COMPANY_NOT_OPEN'
  | 'COM_SMOOPE_CONFLICT'
  | 'COM_SMOOPE_TICKET_USED'
  | 'COM_SMOOPE_CODE_USED'
  | 'COM_SMOOPE_CODE_WRONG'
  | 'COM_SMOOPE_TEXT_NOT_SENT'
  | 'COM_SMOOPE_BLOCKED'
  | 'COM_SMOOPE_CROSS_SITE'
  | 'COM_SMOOPE_SIGN_IN_ENDED'
  | 'COM_SMOOPE_NOT_PROVEN'
  | 'COM_SMOOPE_IDENTITY_REQUIRED'
  | 'COM_SMOOPE_IDENTITY_MALFORMED'
  | 'COM_SMOOPE_IDENTITY_KEY'
  | 'COM_SMOOPE_IDENTITY_AUDIENCE'
  | 'COM_SMOOPE_IDENTITY_EXPIRED'
  | 'COM_SMOOPE_IDENTITY_REPLAYED'
  | 'COM_SMOOPE_MEDIA_TYPE'
  | 'COM_SMOOPE_MEDIA_INFECTED'
  | 'COM_SMOOPE_MEDIA_QUARANTINED'
  | 'COM_SMOOPE_SCANNER_UNAVAILABLE'
  | 'COM_SMOOPE_NETWORK_UNAVAILABLE';

/** HTTP status of each code; a code without one does not compile. */
export const ERROR_STATUS: Record<ErrorCode, number> = {
  M_BAD_JSON: 400,
  M_NOT_JSON: 400,
  M_INVALID_PARAM: 400,
  M_MISSING_PARAM: 400,
  M_UNKNOWN_TOKEN: 401,
  M_MISSING_TOKEN: 401,
  M_FORBIDDEN: 403,
  M_NOT_FOUND: 404,
  M_LIMIT_EXCEEDED: 429,
  M_TOO_LARGE: 413,
  M_UNRECOGNIZED: 404,
  M_UNKNOWN: 500,
  COM_SMOOPE_HOMESERVER_UNAVAILABLE: 503,
  COM_SMOOPE_DATABASE_UNAVAILABLE: 503,
  COM_SMOOPE_COMPANY_NOT_OPEN: 403,
  COM_SMOOPE_CONFLICT: 409,
  COM_SMOOPE_TICKET_USED: 403,
  COM_SMOOPE_CODE_USED: 403,
  COM_SMOOPE_CODE_WRONG: 403,
  COM_SMOOPE_TEXT_NOT_SENT: 503,
  COM_SMOOPE_BLOCKED: 403,
  COM_SMOOPE_CROSS_SITE: 403,
  COM_SMOOPE_SIGN_IN_ENDED: 410,
  COM_SMOOPE_NOT_PROVEN: 403,
  COM_SMOOPE_IDENTITY_REQUIRED: 403,
  COM_SMOOPE_IDENTITY_MALFORMED: 400,
  COM_SMOOPE_IDENTITY_KEY: 403,
  COM_SMOOPE_IDENTITY_AUDIENCE: 403,
  COM_SMOOPE_IDENTITY_EXPIRED: 403,
  COM_SMOOPE_IDENTITY_REPLAYED: 403,
  COM_SMOOPE_MEDIA_TYPE: 415,
  COM_SMOOPE_MEDIA_INFECTED: 422,
  COM_SMOOPE_MEDIA_QUARANTINED: 423,
  COM_SMOOPE_SCANNER_UNAVAILABLE: 503,
  COM_SMOOPE_NETWORK_UNAVAILABLE: 503,
};

/** What an error may carry beside code and sentence. */
export type ApiErrorOptions = {
  /** What led here; logged without its message, never answered. */
  cause?: unknown;
  /** Path of the bad input, for example `body.slug`. */
  field?: string;
  /** Milliseconds after which asking again makes sense; becomes `Retry-After` and `retry_after_ms`. */
  retryAfterMs?: number;
  /** Only where one code has two statuses: M_UNRECOGNIZED is 404 for a path and 405 for a method. */
  status?: number;
};

/** An error the caller may read: its message leaves the system, so it holds no data of other people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: ApiErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.status = options.status ?? ERROR_STATUS[code];
    this.field = options.field;
    this.retryAfterMs = options.retryAfterMs;
  }
}
