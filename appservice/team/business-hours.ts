import type { Company } from '../companies/company.ts';

type BusinessHours = NonNullable<Company['settings']['businessHours']>;

/** Whether somebody answers now; `opensAt` is when somebody will, absent while open and where the hours never come. */
export type Availability = { readonly open: boolean; readonly opensAt?: Date };

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A gap when clocks go forward is an hour at most, everywhere. */
const LONGEST_GAP_MINUTES = 120;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...fields });
  formats.set(timeZone, made);
  return made;
}

/** What clocks in the zone show, as if it were UTC, in milliseconds since 1970. */
function wallClock(timeZone: string, at: number): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function isOpenAt({ timeZone, open }: BusinessHours, at: number): boolean {
  const wall = new Date(wallClock(timeZone, at));
  const minutes = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  return open.some(({ day, from, to }) => day === DAYS[wall.getUTCDay()] && minutesOf(from) <= minutes && minutes < minutesOf(to));
}

/** Moments at which clocks in the zone show `wall`: two where they go back, and where they leap over it the first after. */
function momentsOf(timeZone: string, wall: number): number[] {
  const candidates = [wall - DAY_MS, wall + DAY_MS].map((near) => wall - (wallClock(timeZone, near) - near)).sort((a, b) => a - b);
  const exact = candidates.filter((at) => wallClock(timeZone, at) === wall);
  if (exact.length > 0) return exact;
  let moment = candidates.at(-1) ?? wall;
  for (let step = 0; step < LONGEST_GAP_MINUTES && wallClock(timeZone, moment - MINUTE_MS) >= wall; step += 1) moment -= MINUTE_MS;
  return [moment];
}

function findOpening(hours: BusinessHours, now: number): number | undefined {
  const today = Math.floor(wallClock(hours.timeZone, now) / DAY_MS) * DAY_MS;
  const openings = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((days) => {
    const midnight = today + days * DAY_MS;
    const day = DAYS[new Date(midnight).getUTCDay()];
    const begins = hours.open.filter((entry) => entry.day === day);
    return begins.flatMap(({ from }) => momentsOf(hours.timeZone, midnight + minutesOf(from) * MINUTE_MS));
  });
  const later = openings.filter((at) => at > now);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** Whether a company answers at a moment, by its business hours; without hours it always does. "from" belongs to them, "to" does not. */
export function availabilityOf({ settings }: Pick<Company, 'settings'>, now: Date): Availability {
  const hours = settings.businessHours;
  if (hours === null || isOpenAt(hours, now.getTime())) return { open: true };
  const opening = findOpening(hours, now.getTime());
  return opening === undefined ? { open: false } : { open: false, opensAt: new Date(opening) };
}
