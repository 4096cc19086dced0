import type { z } from 'zod';
import { ApiError, type ErrorCode } from '../errors.ts';

/** Part of the request a value comes from; stands before the field's path in an error. */
export type InputPart = 'params' | 'query' | 'headers' | 'body';

type Issue = z.core.$ZodIssue;

function codeOf(issue: Issue, part: InputPart): ErrorCode {
  if (part === 'body' && issue.path.length === 0 && issue.code === 'invalid_type') return 'M_BAD_JSON';
  // Zod reports a missing key as a wrong type; the input is given to issues only for this question.
  return issue.code === 'invalid_type' && issue.input === undefined ? 'M_MISSING_PARAM' : 'M_INVALID_PARAM';
}

function fieldOf(issue: Issue, part: InputPart): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return [part, ...path.map(String)].join('.');
}

/**
 * Decodes untrusted input with a schema; throws `ApiError` that names the first bad field and what is allowed there.
 * Values are never repeated in the error: they may be somebody's data.
 */
export function decode<Schema extends z.ZodType>(schema: Schema, value: unknown, part: InputPart): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw new ApiError('M_INVALID_PARAM', `${part} cannot be used.`);
  const field = fieldOf(issue, part);
  const code = codeOf(issue, part);
  const message = code === 'M_MISSING_PARAM' ? `is missing (${issue.message})` : issue.message;
  throw new ApiError(code, `${field}: ${message}`, { field });
}
