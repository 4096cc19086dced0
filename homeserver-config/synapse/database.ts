import type { Config } from '../../appservice/config.ts';
import { setting, type Setting } from './setting.ts';

/**
 * Synapse's own database. A production server keeps a pool filled and notices dead connections behind a firewall; the
 * embedded one opens few, because PostgreSQL there is shared with tests and started anew all the time.
 */
export function databaseSettings(config: Config): Setting[] {
  const url = new URL(config.homeserver.databaseUrl);
  const pool =
    config.profile === 'production'
      ? { cp_min: 5, cp_max: 20, keepalives_idle: 10, keepalives_interval: 10, keepalives_count: 3 }
      : { cp_min: 2, cp_max: 10 };
  const args = {
    user: decodeURIComponent(url.username),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    host: decodeURIComponent(url.hostname).replace(/^\[|\]$/g, ''),
    port: Number(url.port || '5432'),
    dbname: decodeURIComponent(url.pathname.slice(1)),
    ...(url.searchParams.get('sslmode') === null ? {} : { sslmode: url.searchParams.get('sslmode') }),
    ...pool,
  };
  return [
    setting(
      'database',
      // Long-lived connections collect memory for prepared statements; a new one after so many transactions frees it.
      { name: 'psycopg2', txn_limit: 10_000, args },
      'PostgreSQL with encoding UTF8 and locale C; another locale corrupts indexes when the C library is updated.',
    ),
  ];
}
