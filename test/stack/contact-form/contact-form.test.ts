import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { PUZZLE_BITS } from '../../../appservice/contact-form/proof-of-work.ts';
import { hashToken } from '../../../appservice/opaque-token.ts';
import { openRows } from '../conversation-facts.ts';
import { exhaustWriting } from '../exhaust-writing.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, OTHER_SLUG, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { uploadAsAgent } from '../visitor-media.ts';
import { eventually } from '../waiting.ts';
import { formBrowser, linkIn, tokenIn, waitUntilRead, work, type FormBrowser } from './form-client.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  /** A browser with a conversation. */
  writer: FormBrowser;
};

/** Both suites have the same company. */
const shared = {} as Context;
const form = suite('the contact form', shared);
const refusals = suite('contact forms that are not taken', shared);

form.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.writer = formBrowser(context.stack, context.company.slug);
  assert.is((await context.writer.send(`${CANARY} für später`)).status, 303);
});
refusals.after(async ({ rows, agent }) => {
  await agent.stop();
  await rows.destroy();
});

/** Where a link leads, below the pages of its company. */
const pathOf = (link: string, slug: string): string => new URL(link).pathname.slice(`/contact/${slug}`.length);

const roomsOf = ({ rows, company }: Context): Promise<{ room_id: string; channel: string }[]> =>
  rows('conversation').where({ company_id: company.id }).orderBy('opened_at').select('room_id', 'channel');

/** An agent sends a file; it is read on the page, by who has the page, and by nobody else. */
async function readsFiles({ stack, company, agent, writer }: Context, roomId: string, browser: FormBrowser): Promise<void> {
  const url = await uploadAsAgent(stack, agent, Buffer.from(`${CANARY} Liste`), 'text/plain');
  await agent.send(roomId, 'm.room.message', { msgtype: 'm.file', body: 'liste.txt', url });
  const file = await eventually('the file on the page', async () => {
    const { html } = await browser.get('/conversation');
    return new RegExp(`href="/contact/${company.slug}(/files/[^"]+)"`).exec(html)?.[1];
  });
  const read = await browser.get(file);
  assert.equal([read.status, read.html], [200, `${CANARY} Liste`]);
  assert.match(read.headers.get('content-disposition') ?? '', /^attachment;.*liste\.txt/);
  assert.is(read.headers.get('x-content-type-options'), 'nosniff');
  const strangers = [
    writer.get(file),
    formBrowser(stack, company.slug).get(file),
    formBrowser(stack, OTHER_SLUG, browser.cookie()).get(file),
  ];
  for (const { status, html } of await Promise.all(strangers)) assert.equal([status, html.includes('Liste')], [404, false]);
  for (const other of [file.replace(/%24.*$/, '%24none'), file.replace(/\/files\/[^/]+/, '/files/00000000-0000-4000-8000-000000000000')]) {
    assert.is((await browser.get(other)).status, 404);
  }
}

form(
  'what is sent begins a conversation; the answer is on its page, with files, and what the person adds reaches the agent',
  async (context) => {
    const { stack, company, agent } = context;
    const browser = formBrowser(stack, company.slug);
    const sent = await browser.send(`${CANARY} Haben Sie Ersatzteile?\nFür ein Rad.`);
    assert.equal([sent.status, sent.location], [303, `/contact/${company.slug}/sent`]);
    assert.match(
      sent.cookie ?? '',
      new RegExp(`^__Host-contact-${company.slug}=v_[\\w-]+; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600$`),
    );
    const arrived = await browser.get('/sent');
    assert.match(arrived.html, 'Ihre Nachricht ist angekommen');
    const room = (await roomsOf(context)).at(-1);
    assert.is(room?.channel, 'form');
    const { room_id: roomId } = room ?? { room_id: '' };
    await agent.join(roomId);
    await agent.waitForEvent(roomId, 'the message', ({ content }) => content['body'] === `${CANARY} Haben Sie Ersatzteile?\nFür ein Rad.`);
    const answer = `${CANARY} Ja, <b>alle</b>.`;
    await agent.send(roomId, 'm.room.message', {
      msgtype: 'm.text',
      body: answer,
      format: 'org.matrix.custom.html',
      formatted_body: `${CANARY} Ja, <strong>alle</strong>.<script>alert(1)</script><a href="javascript:alert(1)">hier</a>`,
    });
    const page = await eventually('the answer on the page', async () => {
      const latest = await browser.get('/conversation');
      return latest.html.includes(`${CANARY} Ja, <b>alle</b>.`) ? latest : undefined;
    });
    assert.match(page.html, agent.displayName);
    assert.not.match(page.html, /<script>|javascript:/);
    assert.not.match(page.html, agent.userId);
    await readsFiles(context, roomId, browser);
    const token = tokenIn(page.html);
    assert.not.match(page.html, 'Ältere Nachrichten', 'nothing is older than the first message');
    const added = await browser.post('/conversation', { token, message: `${CANARY} <i>Danke</i>` });
    assert.equal([added.status, added.location], [303, `/contact/${company.slug}/conversation#latest`]);
    await agent.waitForEvent(roomId, 'the thanks', ({ content }) => content['body'] === `${CANARY} <i>Danke</i>`);
    assert.match((await browser.get('/conversation')).html, `${CANARY} &lt;i&gt;Danke&lt;/i&gt;`);
  },
);

form('in a frame on a website of the company the answer comes at once, with a link and without a cookie', async ({ stack, company }) => {
  const browser = formBrowser(stack, company.slug);
  const page = await browser.get('?framed=1');
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'self' https?:/);
  assert.match((await browser.get()).headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  const token = tokenIn(page.html);
  await waitUntilRead(token);
  const faulty = await browser.post('?framed=1', { token, message: '' });
  assert.is(faulty.status, 422);
  assert.match(faulty.headers.get('content-security-policy') ?? '', /frame-ancestors 'self' https?:/);
  const sent = await browser.post('?framed=1', { token, message: `${CANARY} aus dem Rahmen` });
  const again = await browser.post('?framed=1', { token, message: `${CANARY} aus dem Rahmen` });
  assert.equal([sent.status, sent.cookie, again.status, again.cookie], [200, null, 200, null]);
  const numberIn = (html: string) => /Nummer (\d+)/.exec(html)?.[1];
  assert.ok(numberIn(sent.html));
  assert.is(numberIn(again.html), numberIn(sent.html), 'one message');
  const elsewhere = formBrowser(stack, company.slug);
  assert.is((await elsewhere.post(pathOf(linkIn(sent.html), company.slug))).status, 303);
  assert.match((await elsewhere.get('/conversation')).html, `${CANARY} aus dem Rahmen`);
});

form('a form that is sent twice, even at once and by a browser that lost the cookie, is one message', async (context) => {
  const { stack, company, rows } = context;
  const before = (await roomsOf(context)).length;
  const [one, two] = [formBrowser(stack, company.slug), formBrowser(stack, company.slug)];
  const token = await one.openForm();
  await waitUntilRead(token);
  const values = { token, message: `${CANARY} einmal` };
  const answers = await Promise.all([one.post('', values), two.post('', values)]);
  answers.push(await one.post('', values));
  assert.equal(
    answers.map(({ status }) => status),
    [303, 303, 303],
  );
  const rooms = await roomsOf(context);
  assert.is(rooms.length, before + 1);
  const count = await rows('conversation_event').where({ room_id: rooms.at(-1)?.room_id ?? '', type: 'm.room.message' });
  assert.is(count.length, 1);
});

form('who sends another form within the hour goes on in the same conversation', async (context) => {
  const before = (await roomsOf(context)).length;
  await context.writer.send(`${CANARY} noch geheim`);
  assert.is((await roomsOf(context)).length, before);
  assert.match((await context.writer.get('/conversation')).html, `${CANARY} noch geheim`);
});

form('the link opens the conversation once, somewhere else; looking at it does not use it up', async ({ stack, company, writer }) => {
  const path = pathOf(linkIn((await writer.get('/sent')).html), company.slug);
  const elsewhere = formBrowser(stack, company.slug);
  for (const looked of [await elsewhere.get(path), await elsewhere.get(path)]) {
    assert.equal([looked.status, looked.cookie], [200, null]);
    assert.match(looked.html, '<button>Gespräch öffnen</button>');
    assert.not.match(looked.html, 'für später');
  }
  const opened = await elsewhere.post(path);
  assert.equal([opened.status, opened.location], [303, `/contact/${company.slug}/conversation#latest`]);
  assert.match((await elsewhere.get('/conversation')).html, `${CANARY} für später`);
  const again = await formBrowser(stack, company.slug).post(path);
  assert.equal([again.status, again.cookie], [410, null]);
  assert.match(again.html, 'Der Link wurde schon benutzt oder ist abgelaufen');
});

form('a link of another company, an old one and one that never was are answered alike', async ({ stack, company, rows, writer }) => {
  const codeOf = (html: string): string => new URL(linkIn(html)).pathname.split('/').at(-1) ?? '';
  const foreign = codeOf((await writer.get('/sent')).html);
  const old = codeOf((await writer.get('/sent')).html);
  await rows('contact_link')
    .where({ code_hash: hashToken(old) })
    .update({ expires_at: new Date(0) });
  const answers = [
    await formBrowser(stack, OTHER_SLUG).post(`/open/${foreign}`),
    await formBrowser(stack, company.slug).post(`/open/${old}`),
    await formBrowser(stack, company.slug).post('/open/c_0123456789012345678901234567890123456789012'),
  ];
  for (const { status, cookie, html } of answers) {
    assert.equal([status, cookie], [410, null]);
    assert.match(html, 'Hier ist kein Gespräch offen');
  }
});

form('a cookie opens nothing at another company, and nothing after signing out', async ({ stack, company, writer }) => {
  const browser = formBrowser(stack, company.slug);
  assert.is((await browser.post(pathOf(linkIn((await writer.get('/sent')).html), company.slug))).status, 303);
  assert.match((await browser.get('/conversation')).html, 'für später');
  const value = (browser.cookie() ?? '').split('=')[1] ?? '';
  const stranger = formBrowser(stack, OTHER_SLUG, `__Host-contact-${OTHER_SLUG}=${value}`);
  assert.match((await stranger.get('/conversation')).html, 'Hier ist kein Gespräch offen');
  const left = await browser.post('/leave');
  assert.match(left.cookie ?? '', 'Max-Age=0');
  const later = formBrowser(stack, company.slug, `__Host-contact-${company.slug}=${value}`);
  assert.match((await later.get('/conversation')).html, 'Hier ist kein Gespräch offen');
});

form('what is missing or too long is said beside the field, and what was written stays', async ({ stack, company }) => {
  const browser = formBrowser(stack, company.slug);
  const empty = await browser.send('  ');
  assert.is(empty.status, 422);
  assert.match(empty.html, 'Bitte schreiben Sie eine Nachricht.');
  assert.match(empty.html, /<title>Nicht gesendet: /);
  assert.match(empty.html, /aria-invalid="true"/);
  const long = await browser.send(`${CANARY}</textarea>${'x'.repeat(10_000)}`);
  assert.is(long.status, 422);
  assert.match(long.html, 'Bitte kürzen Sie den Text');
  assert.match(long.html, `${CANARY}&lt;/textarea&gt;xxx`);
});

form('a program is held off: too fast, or into the field that people leave empty', async (context) => {
  const { stack, company } = context;
  const before = (await roomsOf(context)).length;
  const browser = formBrowser(stack, company.slug);
  const token = await browser.openForm();
  const fast = await browser.post('', { token, message: `${CANARY} schnell` });
  assert.is(fast.status, 422);
  assert.match(fast.html, 'Bitte senden Sie noch einmal.');
  assert.match(fast.html, `${CANARY} schnell`);
  const trapped = await browser.send(`${CANARY} Werbung`, { website: 'https://example.org' });
  assert.is(trapped.status, 422);
  assert.match(trapped.html, 'Bitte lassen Sie dieses Feld leer.');
  for (const forged of ['', 'a.b.c', `${token}x`, token.replace(/^\w/, '0')]) {
    const refused = await browser.post('', { token: forged, message: `${CANARY} erfunden` });
    assert.is(refused.status, 422);
    assert.is.not(tokenIn(refused.html), forged, 'the page has a fresh token');
  }
  await waitUntilRead(token);
  assert.is((await formBrowser(stack, OTHER_SLUG).post('', { token, message: 'x' })).status, 422, 'a token of another company');
  assert.is((await roomsOf(context)).length, before);
});

form('under attack a form needs work, and without it keeps what was written', async ({ stack, rows, company }) => {
  const browser = formBrowser(stack, company.slug);
  const token = await browser.openForm();
  const flood = (count: number): Promise<unknown> =>
    rows('contact_submission').insert(
      Array.from({ length: count }, () => ({ token_hash: `kanari${Math.random()}`, company_id: company.id, session_id: null })),
    );
  await flood(stack.config.contactForm.attackPerMinute);
  await waitUntilRead(token);
  const refused = await browser.post('', { token, message: `${CANARY} echt` });
  assert.is(refused.status, 429);
  const waitSeconds = (header: string | null): boolean => /^\d+$/.test(header ?? '') && Number(header) >= 1 && Number(header) <= 60;
  assert.ok(waitSeconds(refused.headers.get('retry-after')));
  assert.match(refused.html, 'warten Sie bitte einige Minuten');
  assert.match(refused.html, `data-bits="${PUZZLE_BITS}"`);
  assert.match(refused.html, /<script type="module" src="\/assets\/contact-proof-/);
  assert.match(refused.html, `${CANARY} echt`);
  assert.is((await browser.post('', { token, message: `${CANARY} echt`, proof: '1' })).status, 429);
  const sent = await browser.post('', { token, message: `${CANARY} echt`, proof: work(token, PUZZLE_BITS) });
  assert.is(sent.status, 303);
  await flood(stack.config.contactForm.attackPerMinute * 10);
  const fresh = await browser.openForm();
  await waitUntilRead(fresh);
  const busy = await browser.post('', { token: fresh, message: `${CANARY} echt`, proof: work(fresh, PUZZLE_BITS) });
  assert.is(busy.status, 429);
  assert.ok(waitSeconds(busy.headers.get('retry-after')));
  await rows('contact_submission').where({ company_id: company.id }).whereLike('token_hash', 'kanari%').delete();
});

form('a form that another website sends is refused', async ({ stack, company }) => {
  const browser = formBrowser(stack, company.slug);
  const token = await browser.openForm();
  for (const path of ['', '/conversation', '/leave', '/open/c_0123456789']) {
    const refused = await browser.post(path, { token, message: 'x' }, { 'sec-fetch-site': 'cross-site' });
    assert.is(refused.status, 403, path);
  }
});

form('a company that is not open has no form, and one that does not exist has no page', async ({ stack, company }) => {
  // What a company must say of itself; without it a company is a draft.
  const imprint = (imprintUrl: string | null) => company.operate('PATCH', '/settings', { imprintUrl });
  assert.is((await imprint(null)).status, 200);
  const shut = await formBrowser(stack, company.slug).get();
  assert.is((await imprint('https://example.org/imprint')).status, 200);
  assert.is(shut.status, 403);
  assert.not.match(shut.html, '<textarea');
  assert.match(shut.html, 'nicht erreichbar');
  assert.is((await formBrowser(stack, 'gibt-es-nicht').get()).status, 404);
});

form('pages are kept nowhere, framed by nobody, and carry no script of anybody', async ({ stack, company }) => {
  const { headers, html } = await formBrowser(stack, company.slug).get();
  assert.is(headers.get('cache-control'), 'no-store');
  assert.match(headers.get('content-security-policy') ?? '', /script-src 'self';.*form-action 'self'; frame-ancestors 'none'/);
  assert.is(headers.get('referrer-policy'), 'no-referrer');
  assert.not.match(html, '<script');
  assert.not.match(html, /style=/);
});

form('no words of the form are in the rows', async ({ rows }) => {
  const dump = JSON.stringify([await rows('contact_submission').select(), await rows('contact_link').select()]);
  assert.not.match(dump, /Ersatzteile|geheim|für später/);
  assert.not.match(dump, /"[cv]_[\w-]{40}/);
});

const WORDS = `${CANARY} Haben Sie Ersatzteile?`;

async function requireIdentity(company: TestCompany, required = true): Promise<void> {
  assert.is((await company.operate('PATCH', '/settings', { identity: { required } })).status, 200);
}

refusals('a company of signed users only has no form, and says where to write', async ({ stack, company }) => {
  await requireIdentity(company);
  const page = await formBrowser(stack, company.slug).get();
  assert.is(page.status, 403);
  assert.not.match(page.html, /<textarea|<button/);
  assert.match(page.html, 'Bitte melden Sie sich dort an');
  assert.match(page.html, 'href="https://www.example.org"');
  const english = await formBrowser(stack, company.slug).get('?locale=en');
  assert.match(english.html, 'Please sign in there');
  await requireIdentity(company, false);
});

refusals('what was written in a form that is none any more stands on the page', async ({ stack, company }) => {
  const browser = formBrowser(stack, company.slug);
  const token = await browser.openForm();
  await requireIdentity(company);
  await waitUntilRead(token);
  const refused = await browser.post('', { token, message: WORDS });
  assert.is(refused.status, 403);
  assert.match(refused.headers.get('content-type') ?? '', 'text/html');
  assert.match(refused.html, WORDS);
  assert.match(refused.html, 'Bitte melden Sie sich dort an');
  assert.not.match(refused.html, '<button');
  await requireIdentity(company, false);
});

refusals('an answer that is not taken because users must be signed by now stays in its field', async ({ company, writer: browser }) => {
  const token = tokenIn((await browser.get('/conversation')).html);
  await requireIdentity(company);
  const refused = await browser.post('/conversation', { token, message: `${CANARY} noch etwas` });
  assert.is(refused.status, 403);
  assert.match(refused.html, `${CANARY} noch etwas`);
  assert.match(refused.html, 'Bitte melden Sie sich dort an');
  await requireIdentity(company, false);
});

refusals('who is blocked is told on the page, with what they wrote', async ({ company, writer: browser }) => {
  const conversation = await browser.get('/conversation');
  const number = /Gespräch Nr. (\d+)/.exec(conversation.html)?.[1] ?? '';
  assert.is((await company.operate('PUT', `/conversations/${number}/block`)).status, 204);
  const answer = await browser.post('/conversation', { token: tokenIn(conversation.html), message: `${CANARY} noch etwas` });
  assert.is(answer.status, 403);
  assert.match(answer.html, 'nimmt von Ihnen hier keine Nachrichten mehr an');
  assert.match(answer.html, `${CANARY} noch etwas`);
  const again = await browser.send(`${CANARY} von vorn`);
  assert.is(again.status, 403);
  assert.match(again.html, 'nimmt von Ihnen hier keine Nachrichten mehr an');
  assert.match(again.html, `${CANARY} von vorn`);
  assert.is((await company.operate('DELETE', `/conversations/${number}/block`)).status, 204);
});

refusals('who has written too much reads when to try again, and the answer stays in its field', async ({ stack, writer: browser }) => {
  const token = tokenIn((await browser.get('/conversation')).html);
  const session = /=(v_[\w-]+)/.exec(browser.cookie() ?? '')?.[1] ?? '';
  await eventually('the limit', async () => ((await exhaustWriting(stack, session)) === 429 ? true : undefined), 60_000);
  const busy = await browser.post('/conversation', { token, message: `${CANARY} noch etwas` });
  assert.is(busy.status, 429);
  const seconds = Number(busy.headers.get('retry-after'));
  assert.ok(seconds >= 1 && seconds <= 60, String(seconds));
  assert.match(busy.html, `${CANARY} noch etwas`);
});

form.run();
refusals.run();
