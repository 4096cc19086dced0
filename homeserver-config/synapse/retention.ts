import type { Config } from '../../appservice/config.ts';
import { setting, type Setting } from './setting.ts';

const DAY = 86_400_000;
const SHORT_LIVES = 3 * DAY;

const milliseconds = (days: number): number => Math.round(days * DAY);

/** How often short lives are looked after: often enough that a message outlives its time by a quarter at most. */
function shortInterval(minDays: number): number {
  return Math.min(DAY / 2, Math.max(10_000, Math.round(milliseconds(minDays) / 4)));
}

/** How long content lives (R23): the operator's limits, within which a company sets `m.room.retention`. All times in milliseconds. */
export function retentionSettings(config: Config): Setting[] {
  const { minDays, maxDays, defaultDays } = config.homeserver.retention;
  return [
    setting(
      'retention',
      {
        enabled: true,
        default_policy: { max_lifetime: milliseconds(defaultDays) },
        allowed_lifetime_min: milliseconds(minDays),
        allowed_lifetime_max: milliseconds(maxDays),
        purge_jobs: [
          { longest_max_lifetime: SHORT_LIVES, interval: shortInterval(minDays) },
          { shortest_max_lifetime: SHORT_LIVES, interval: DAY },
        ],
      },
      'A message is hidden when its time is over and deleted by the next job; rooms may not leave these limits.',
    ),
    setting(
      'media_retention',
      { remote_media_lifetime: '14d' },
      'Copies of other servers’ files only. Ours go with their event: this timer counts from the last view, not from the event.',
    ),
  ];
}
