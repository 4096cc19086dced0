import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import type { Notification } from '../../../appservice/notifications/notification.ts';
import { OUTBOX_FILE } from '../../../appservice/notifications/outbox-adapter.ts';
import { openRows, whenOutboxIsDone } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { runJob } from '../team/team-room.ts';
import { CANARY, newCompany, OTHER_SLUG, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import { formBrowser, linkIn, tokenIn, waitUntilRead, type FormBrowser } from './form-client.ts';

type OpenForm = { browser: FormBrowser; token: string };
type Talk = { browser: FormBrowser; address: string; id: string; roomId: string };
type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  forms: OpenForm[];
  /** A conversation whose address is proven. */
  proven: Talk;
};

const notice = suite<Context>('the notice of an answer');

notice.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  // Forms are sent no sooner than a person could; all of them wait for that at once.
  context.forms = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const browser = formBrowser(context.stack, context.company.slug);
      return { browser, token: await browser.openForm() };
    }),
  );
  context.agent = await context.company.newAgent();
  context.proven = await beginProven(context);
});
notice.after(async ({ rows, agent }) => {
  await agent.stop();
  await rows.destroy();
});

const newAddress = (): string => `${CANARY}.${crypto.randomUUID()}@example.de`;

/** What was sent to an address so far. */
function sentTo(address: string): Notification[] {
  const file = join(dirname(process.env['SMOOPE_STACK'] ?? ''), OUTBOX_FILE);
  const lines = readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Notification).filter((each) => each.address === address);
}

const waitForTexts = (address: string, count: number): Promise<Notification[]> =>
  eventually(`${count} texts`, async () => {
    const texts = sentTo(address);
    return texts.length >= count ? texts : undefined;
  });

const codeIn = (text: Notification | undefined): string => /\b\d{6}\b/.exec(text?.text ?? '')?.[0] ?? '';
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Sends a form with an address; the code is on its way. */
async function begin({ rows, company, forms }: Context, address: string = newAddress()): Promise<Talk> {
  const { browser, token } = forms.pop() ?? { browser: undefined, token: '' };
  if (browser === undefined) throw new Error('more forms are sent than were opened');
  await waitUntilRead(token);
  const sent = await browser.post('', { token, message: `${CANARY} Frage`, address });
  assert.is(sent.status, 303);
  const last = await rows('conversation')
    .join('company', 'company.id', 'company_id')
    .where({ slug: company.slug })
    .orderBy('conversation.opened_at', 'desc')
    .first<{ id: string; room_id: string }>('conversation.id', 'room_id');
  return { browser, address, id: last.id, roomId: last.room_id };
}

async function beginProven(context: Context): Promise<Talk> {
  const talk = await begin(context);
  const [text] = await waitForTexts(talk.address, 1);
  assert.is((await talk.browser.post('/notice/code', { code: codeIn(text) })).status, 303);
  return talk;
}

const joined = new Set<string>();

type Answering = {
  /** How long ago the answer is. */
  readonly minutes?: number;
  /** What the person does before the answer is so old that the service itself, which looks every minute, would tell them of it. */
  readonly meanwhile?: () => Promise<void>;
};

/** The agent answers, and so long ago that whoever is here would have read it. */
async function answer(
  { rows, agent }: Context,
  { id, roomId }: Talk,
  words: string,
  { minutes = 3, meanwhile = async () => undefined }: Answering = {},
): Promise<void> {
  if (!joined.has(roomId)) await agent.join(roomId);
  joined.add(roomId);
  const eventId = await agent.say(roomId, words);
  await eventually('the answer to count', async () =>
    rows('conversation_event')
      .join('conversation', 'conversation.id', 'conversation_id')
      .where({ event_id: eventId })
      .whereRaw('conversation.spoken_at = conversation_event.at')
      .first('seq'),
  );
  await meanwhile();
  const by = `interval '${minutes} minutes'`;
  await rows.raw(`update conversation_event set at = at - ${by} where conversation_id = ?`, [id]);
  await rows.raw(`update conversation set spoken_at = spoken_at - ${by} where id = ?`, [id]);
}

async function tell({ stack, rows }: Context, { id, address }: Talk): Promise<Notification[]> {
  await runJob(stack, 'contact.notice');
  await whenOutboxIsDone(rows, id);
  return sentTo(address);
}

notice('an address gets a code and nothing else before the code is entered', async (context) => {
  const { rows } = context;
  const talk = await begin(context);
  const [text] = await waitForTexts(talk.address, 1);
  assert.match(text?.text ?? '', /^\d{6} ist Ihr Code für Benachrichtigungen von /);
  assert.not.match(text?.text ?? '', /Frage|http/);
  const asked = await talk.browser.get('/sent');
  assert.match(asked.html, 'name="code"');
  assert.match(asked.html, `k…@example.de`);
  assert.not.match(asked.html, talk.address);
  await answer(context, talk, `${CANARY} zu früh`);
  assert.is((await tell(context, talk)).length, 1, 'nobody has proven the address');
  const stored = JSON.stringify(await rows('contact_notice').where({ conversation_id: talk.id }).select());
  assert.not.match(stored, codeIn(text));

  const refused = await talk.browser.post('/notice/code', { code: wrong(codeIn(text)) });
  assert.is(refused.status, 422);
  assert.match(refused.html, 'Der Code stimmt nicht oder gilt nicht mehr');
  const code = codeIn(text);
  const entered = await talk.browser.post('/notice/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` });
  assert.equal([entered.status, entered.location], [303, `/contact/${context.company.slug}/sent`]);
  assert.match((await talk.browser.get('/sent')).html, 'Nicht mehr benachrichtigen');
});

notice('who is away is told once, without a word of the answer, by a fresh link; and again only after they read', async (context) => {
  const talk = await beginProven(context);
  await answer(context, talk, `${CANARY} Ja, am Montag`);
  const told = await tell(context, talk);
  assert.is(told.length, 2);
  const { subject, text } = told[1] ?? { subject: '', text: '' };
  assert.match(text, /hat Ihnen geantwortet/);
  assert.not.match(`${subject} ${text}`, /Montag|Frage/);
  assert.not.match(`${subject} ${text}`, context.agent.displayName);
  await answer(context, talk, `${CANARY} oder am Dienstag`);
  assert.is((await tell(context, talk)).length, 2, 'once per absence');

  const link = /https?:\/\/\S+\/open\/[\w-]+/.exec(text)?.[0] ?? '';
  const elsewhere = formBrowser(context.stack, context.company.slug);
  const path = new URL(link).pathname.slice(`/contact/${context.company.slug}`.length);
  assert.is((await elsewhere.post(path)).status, 303);
  assert.match((await elsewhere.get('/conversation')).html, `${CANARY} oder am Dienstag`);
  assert.is((await tell(context, talk)).length, 2, 'they have read it');
  await answer(context, talk, `${CANARY} noch etwas`);
  assert.is((await tell(context, talk)).length, 3);
});

notice('nobody is told of what they have read, of what came just now, or of their own words', async (context) => {
  const { proven: talk } = context;
  const told = sentTo(talk.address).length;
  await answer(context, talk, `${CANARY} eben`, { minutes: 1 });
  assert.is((await tell(context, talk)).length, told, 'not away for two minutes');
  const read = async (): Promise<void> => void (await talk.browser.get('/conversation'));
  await answer(context, talk, `${CANARY} gelesen`, { meanwhile: read });
  assert.is((await tell(context, talk)).length, told, 'read');
  const thank = async (): Promise<void> => {
    const token = tokenIn((await talk.browser.get('/conversation')).html);
    assert.is((await talk.browser.post('/conversation', { token, message: `${CANARY} danke` })).status, 303);
  };
  await answer(context, talk, `${CANARY} dann`, { meanwhile: thank });
  assert.is((await tell(context, talk)).length, told, 'their own words');
});

notice('a code is good for five guesses and fifteen minutes, and another address needs another code', async (context) => {
  const { rows } = context;
  const talk = await begin(context);
  const [first] = await waitForTexts(talk.address, 1);
  const kept = new URL(linkIn((await talk.browser.get('/sent')).html)).pathname.slice(`/contact/${context.company.slug}`.length);
  for (let guess = 0; guess < 5; guess += 1) await talk.browser.post('/notice/code', { code: wrong(codeIn(first)) });
  assert.is((await talk.browser.post('/notice/code', { code: codeIn(first) })).status, 422, 'guessed at five times');

  const address = newAddress();
  assert.is((await talk.browser.post('/notice', { address })).status, 303);
  const [second] = await waitForTexts(address, 1);
  await rows('contact_notice')
    .where({ conversation_id: talk.id })
    .update({ code_expires_at: new Date(Date.now() - 1) });
  assert.is((await talk.browser.post('/notice/code', { code: codeIn(second) })).status, 422, 'too old');

  const other = newAddress();
  assert.is((await talk.browser.post('/notice', { address: other })).status, 303);
  const [third] = await waitForTexts(other, 1);
  assert.is((await talk.browser.post('/notice/code', { code: codeIn(third) })).status, 303);
  assert.is((await formBrowser(context.stack, context.company.slug).post(kept)).status, 303, 'the link that was shown first is good still');
});

notice('nobody is pestered with codes: three a day for an address, whoever asks, and the message arrives all the same', async (context) => {
  const address = newAddress();
  const first = await begin(context, address);
  await waitForTexts(address, 1);
  for (let count = 2; count <= 3; count += 1) {
    assert.is((await first.browser.post('/notice/stop')).status, 303);
    assert.is((await first.browser.post('/notice', { address })).status, 303);
    await waitForTexts(address, count);
  }
  const talk = await begin(context, address);
  assert.is.not(talk.id, first.id);
  await whenOutboxIsDone(context.rows, talk.id);
  assert.is(sentTo(address).length, 3);
  const refused = await talk.browser.post('/notice', { address });
  assert.is(refused.status, 422);
  assert.match(refused.html, 'schon viele Codes angefordert');
});

notice('what is no address is said beside the field before anything is sent', async (context) => {
  const { stack, company, rows } = context;
  const browser = formBrowser(stack, company.slug);
  const count = async () => (await rows('conversation').join('company', 'company.id', 'company_id').where({ slug: company.slug })).length;
  const before = await count();
  const refused = await browser.send(`${CANARY} Frage`, { address: 'Erika' });
  assert.is(refused.status, 422);
  assert.match(refused.html, /id="address"[^>]*aria-invalid="true"/);
  assert.match(refused.html, 'value="Erika"');
  assert.is(await count(), before);
});

notice('without a session, from another website, or at another company nothing is asked, proven or ended', async (context) => {
  const { stack, company, rows, proven: talk } = context;
  const cookie = (talk.browser.cookie() ?? '').replace(company.slug, OTHER_SLUG);
  const address = newAddress();
  for (const stranger of [formBrowser(stack, company.slug), formBrowser(stack, OTHER_SLUG, cookie)]) {
    for (const path of ['/notice', '/notice/code', '/notice/stop']) {
      assert.match((await stranger.post(path, { address, code: '123456' })).html, 'Hier ist kein Gespräch offen');
    }
  }
  for (const path of ['/notice', '/notice/code', '/notice/stop']) {
    assert.is((await talk.browser.post(path, { address }, { 'sec-fetch-site': 'cross-site' })).status, 403);
  }
  assert.is(sentTo(address).length, 0);
  assert.is((await rows('contact_notice').where({ conversation_id: talk.id }).whereNotNull('proven_at')).length, 1);
});

notice('who ends the notices is told nothing more, and the address is gone', async (context) => {
  const { rows, proven: talk } = context;
  // Whoever has not read what came before is told of nothing further anyway.
  await talk.browser.get('/conversation');
  const told = sentTo(talk.address).length;
  assert.is((await talk.browser.post('/notice/stop')).status, 303);
  await answer(context, talk, `${CANARY} still`);
  assert.is((await tell(context, talk)).length, told);
  assert.is((await rows('contact_notice').where({ conversation_id: talk.id })).length, 0);
  assert.match((await talk.browser.get('/sent')).html, 'name="address"');
});

notice.run();
