import { randomUUID } from 'node:crypto';
import { openInbox } from '../browser/journeys/inbox-side.ts';
import { openJourney } from '../browser/journeys/journey.ts';
import { openRows } from '../stack/conversation-facts.ts';

/** Conversations in the inbox; rows alone, because the list shows no words of rooms that nobody joined. */
const CONVERSATIONS = 500;

/** How long a view takes from the press to its lines, and how even frames are while it is scrolled; on the stack that SMOOPE_STACK names. */
await using open = new AsyncDisposableStack();
const journey = await openJourney(open);
const rows = open.adopt(openRows(journey.stack), (database) => database.destroy());
const person = randomUUID();
await rows('person').insert({ id: person, locale: 'de' });
await rows('conversation').insert(
  Array.from({ length: CONVERSATIONS }, (_, index) => ({
    id: randomUUID(),
    company_id: journey.company.id,
    number: 1_000 + index,
    person_id: person,
    room_id: `!${randomUUID()}`,
    encrypted: false,
    channel: 'widget',
    status: 'open',
    last_seq: 1,
    last_event_at: new Date(Date.now() - index * 60_000),
  })),
);
const { page } = await openInbox(open, journey, 'Anna');
await page.getByText('Niemand wartet.').waitFor();

const opened = await page.evaluate(async () => {
  const begun = performance.now();
  document.querySelector<HTMLElement>('.views a[href$="view=all"]')?.click();
  while (document.querySelectorAll('.lines [data-number]').length < 100) await new Promise(requestAnimationFrame);
  return performance.now() - begun;
});

const frames = await page.evaluate(async (wanted) => {
  const list = document.querySelector('.inbox-list');
  const times: number[] = [];
  for (let last = performance.now(); list !== null && times.length < 2_000;) {
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - last);
    last = now;
    list.scrollTop += 60;
    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 2;
    if (isAtEnd && document.querySelectorAll('.lines [data-number]').length >= wanted) break;
  }
  return times.slice(1).toSorted((one, other) => one - other);
}, CONVERSATIONS);

const at = (share: number): string => (frames[Math.floor(frames.length * share)] ?? 0).toFixed(1);
const late = frames.filter((time) => time > 20).length;
process.stdout.write(
  `opened in ${opened.toFixed(0)} ms; ${frames.length} frames of scrolling: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, ${late} later than 20 ms\n`,
);
await rows('conversation').where({ person_id: person }).delete();
await rows('person').where({ id: person }).delete();
