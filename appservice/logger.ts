import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { Config } from './config.ts';
import { allowedFields, cleanWord, type LogFields } from './log-fields.ts';

export type { LogFields } from './log-fields.ts';

/** Writes events with allow-listed fields; `cause` is reduced to names, codes and places in the code, never messages. */
export type Logger = {
  /** A logger whose lines name this module. */
  child: (module: string) => Logger;
  /** For a developer at work. */
  debug: (event: string, fields?: LogFields) => void;
  /** For what is worth counting in operation. */
  info: (event: string, fields?: LogFields) => void;
  /** For what went wrong and heals itself. */
  warn: (event: string, fields?: LogFields, cause?: unknown) => void;
  /** For what needs a person. */
  error: (event: string, fields?: LogFields, cause?: unknown) => void;
};

/** How a logger is made; `destination` defaults to standard output. */
export type LoggerOptions = { level: Config['log']['level']; destination?: DestinationStream };

type WrittenCause = { name: string; code?: string; at: string[]; cause?: WrittenCause };

const CAUSES_WRITTEN = 4;

// A message may hold data (a bad row, a URL with a token), and the first lines of a stack repeat it.
function describeCause(cause: unknown, depth = 0): WrittenCause {
  if (!(cause instanceof Error)) return { name: typeof cause, at: [] };
  const written: WrittenCause = {
    name: cleanWord(cause.name),
    at: (cause.stack ?? '').split('\n').flatMap((line) => /^\s+at (?:async )?(.+)$/.exec(line)?.[1] ?? []),
  };
  if ('code' in cause && (typeof cause.code === 'string' || typeof cause.code === 'number')) written.code = cleanWord(String(cause.code));
  if (cause.cause !== undefined && depth + 1 < CAUSES_WRITTEN) written.cause = describeCause(cause.cause, depth + 1);
  return written;
}

function wrap(lines: PinoLogger): Logger {
  const write = (level: 'debug' | 'info' | 'warn' | 'error', event: string, fields: LogFields, cause?: unknown): void => {
    if (!lines.isLevelEnabled(level)) return;
    const line = { event: cleanWord(event), ...allowedFields(fields) };
    lines[level](cause === undefined ? line : { ...line, cause: describeCause(cause) });
  };
  return {
    child: (module) => wrap(lines.child({ module: cleanWord(module) })),
    debug: (event, fields = {}) => write('debug', event, fields),
    info: (event, fields = {}) => write('info', event, fields),
    warn: (event, fields = {}, cause) => write('warn', event, fields, cause),
    error: (event, fields = {}, cause) => write('error', event, fields, cause),
  };
}

/** A logger that writes one JSON object a line; what it may say is listed in `log-fields.ts`. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(destination === undefined ? pino(options) : pino(options, destination));
}
