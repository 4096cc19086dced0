import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';

/**
 * Lets a PostgreSQL of the tests answer before the disk has what was written. What is committed still outlives the end of any
 * process, only not the end of the machine, which no test brings about.
 */
export async function forgetTheDisk(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) await client.query(`ALTER SYSTEM SET ${setting} = off`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/** The administration of the PostgreSQL of an embedded stack, by its `stack.json`. */
export function adminUrlOf(stackFile: string): string {
  const { databaseUrl } = JSON.parse(readFileSync(stackFile, 'utf8')) as { databaseUrl: string };
  const url = new URL(databaseUrl);
  url.username = 'postgres';
  url.password = readFileSync(join(dirname(stackFile), 'postgres-password'), 'utf8').trim();
  url.pathname = '/postgres';
  return url.href;
}
