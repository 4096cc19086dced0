import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** At most so many lines are shown; the last ones say most. */
const LINES = 40;

/** What went wrong in the stack while a suite ran, as its log has it, for the report of one that failed; '' where there is nothing. */
export function warningsSince(begin: number, stackFile: string | undefined): string {
  const log = join(dirname(stackFile ?? ''), 'logs', 'appservice.log');
  if (stackFile === undefined || !existsSync(log)) return '';
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /^\{"level":"(warn|error)"/.test(line) && Date.parse(/"time":"([^"]+)"/.exec(line)?.[1] ?? '') >= begin);
  return lines.length === 0 ? '' : `\nWarnings of the service meanwhile, all suites:\n${lines.slice(-LINES).join('\n')}\n`;
}
