import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type pg from 'pg';

/** Visitors with one conversation each, made as rows: 2,000 rooms would take minutes and cost the appservice no memory. */
export type IdleVisitors = {
  readonly tokens: readonly string[];
  /** Takes the rows away again. */
  remove(): Promise<void>;
};

const PREFIX = 'bench-idle-';

// Numbers that no conversation of a benchmark reaches otherwise.
const FIRST_NUMBER = 1_000_000;

/** Makes `count` visitors of a company. */
export async function makeIdleVisitors(database: pg.Pool, slug: string, count: number): Promise<IdleVisitors> {
  const visitors = Array.from({ length: count }, () => {
    const [name, token] = [randomBytes(8).toString('hex'), `v_${randomBytes(32).toString('base64url')}`];
    return { id: `${PREFIX}${name}`, conversation: randomUUID(), user: `@visitor_00_${name}:bench.invalid`, room: `!${name}`, token };
  });
  const ids = visitors.map(({ id }) => id);
  const users = visitors.map(({ user }) => user);
  const hashes = visitors.map(({ token }) => createHash('sha256').update(token).digest('base64url'));
  const company = '(select id from company where slug = $1)';
  await database.query(`insert into person (id, locale) select unnest($1::text[]), 'en'`, [ids]);
  await database.query(
    `insert into person_identity (id, person_id, kind, user_id) select id, id, 'visitor', user_id from unnest($1::text[], $2::text[]) as one (id, user_id)`,
    [ids, users],
  );
  await database.query(
    `insert into conversation (id, company_id, number, person_id, room_id, encrypted, channel, status)
     select id, ${company}, ${FIRST_NUMBER} + place, person, room, false, 'widget', 'open'
     from unnest($2::text[], $3::text[], $4::text[]) with ordinality as one (id, person, room, place)`,
    [slug, visitors.map(({ conversation }) => conversation), ids, visitors.map(({ room }) => room)],
  );
  await database.query(
    `insert into visitor_session (id, company_id, channel, token_hash, locale, person_id, user_id, device_id)
     select id, ${company}, 'widget', hash, 'en', id, user_id, 'BENCH' from unnest($2::text[], $3::text[], $4::text[]) as one (id, hash, user_id)`,
    [slug, ids, hashes, users],
  );
  return {
    tokens: visitors.map(({ token }) => token),
    async remove() {
      await database.query('delete from visitor_session where id = any($1)', [ids]);
      await database.query('delete from conversation where person_id = any($1)', [ids]);
      await database.query('delete from person_identity where person_id = any($1)', [ids]);
      await database.query('delete from person where id = any($1)', [ids]);
    },
  };
}

/** Opens the stream of a visitor on a bare socket, which costs this process next to nothing; resolves when it is live. */
export async function openIdleStream(appUrl: string, token: string): Promise<Socket> {
  const { hostname, port, host } = new URL(appUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  const live = Promise.withResolvers<void>();
  let head = '';
  const read = (chunk: Buffer): void => {
    head += chunk.toString();
    if (head.includes('event: ready')) live.resolve();
  };
  socket.on('data', read);
  socket.on('error', live.reject);
  socket.on('close', () => live.reject(new Error(`a stream ended: ${head.slice(0, 200)}`)));
  socket.write(
    `GET /api/v1/visitor/stream HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nAccept: text/event-stream\r\n\r\n`,
  );
  await live.promise;
  socket.off('data', read);
  head = '';
  socket.resume();
  return socket;
}
