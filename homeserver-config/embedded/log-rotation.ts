import { copyFileSync, existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** Days for which lines are kept, as the data catalogue says. */
const KEPT_DAYS = 7;

const DAY_MS = 86_400_000;

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Moves the lines of earlier days into `<name>-<day>.log` beside the log, and deletes what is older than a week. The file itself
 * stays, because a running program goes on writing into it.
 */
export function rotateLog(file: string, now: number = Date.now()): void {
  if (!existsSync(file)) return;
  const folder = dirname(file);
  const extension = extname(file);
  const prefix = `${basename(file, extension)}-`;
  const days = readdirSync(folder).flatMap((name) => {
    const rest = name.startsWith(prefix) && name.endsWith(extension) ? name.slice(prefix.length, -extension.length) : '';
    return /^\d{4}-\d{2}-\d{2}$/.test(rest) ? rest : [];
  });
  const fileOf = (day: string): string => join(folder, `${prefix}${day}${extension}`);
  for (const day of days) if (day < dayOf(now - KEPT_DAYS * DAY_MS)) rmSync(fileOf(day), { force: true });
  const { size, mtimeMs, birthtimeMs } = statSync(file);
  const newest = days.toSorted().at(-1);
  // What stands in the log is younger than what was moved away.
  const first = dayOf(Math.max(birthtimeMs, newest === undefined ? 0 : Date.parse(newest) + DAY_MS));
  if (size === 0 || first >= dayOf(now)) return;
  copyFileSync(file, fileOf(dayOf(Math.min(mtimeMs, now - DAY_MS))));
  truncateSync(file);
}
