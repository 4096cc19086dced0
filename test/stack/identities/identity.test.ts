import { generateKeyPair, exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { openRows } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, OTHER_SLUG, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, openVisitor, visitorWith, type Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';
import { identify, newSigningWebsite, signWith, type SigningWebsite } from './signed-identity.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  website: SigningWebsite;
  /** A company that takes its own users only. */
  strict: TestCompany;
  strictWebsite: SigningWebsite;
  agent: CompanyAgent;
  /** A conversation with the agent; its visitor became the user `KNOWN`. */
  talk: OpenConversation;
  known: Visitor;
};

const KNOWN = `${CANARY}-subject-4711`;

/** Both suites have the same companies. */
const shared = {} as Context;
const identities = suite('signed identities', shared);
const codes = suite('codes for another window or device', shared);

identities.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.website = await newSigningWebsite(context.company);
  context.strict = await newCompany(context.stack, { settings: { identity: { required: true, maxAgeHours: 2 } } });
  context.strictWebsite = await newSigningWebsite(context.strict);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent, `${CANARY} vom Rechner`);
  context.known = await identify(context.stack, context.talk.visitor, await context.website.sign({ sub: KNOWN }));
});

identities('a user whom the website names finds the conversation again on another device, and both see what is said', async (context) => {
  const { stack, company, website, agent, talk, known: first } = context;
  assert.equal(
    (await first.conversations()).map(({ id }) => id),
    [talk.id],
  );
  const second = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub: KNOWN }));
  assert.equal(
    (await second.conversations()).map(({ id }) => id),
    [talk.id],
  );
  assert.equal((await second.history(talk.id)).map(bodyOf), [`${CANARY} vom Rechner`]);
  const streams = [await first.openStream(), await second.openStream()];
  const { conversationId } = await second.say(`${CANARY} vom Telefon`);
  assert.is(conversationId, talk.id);
  await agent.say(talk.roomId, `${CANARY} Antwort`);
  for (const stream of streams) await stream.waitForBody(`${CANARY} Antwort`);
  await Promise.all(streams.map((stream) => stream.close()));
});

identities('a user who never wrote begins one conversation, whichever device writes first', async ({ stack, company, website }) => {
  const sub = `${CANARY}-new`;
  const [one, two] = await Promise.all(
    [0, 1].map(async () => identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub }))),
  );
  const sent = await one?.say(`${CANARY} zuerst`);
  const again = await two?.say(`${CANARY} danach`);
  assert.is(again?.conversationId, sent?.conversationId);
  assert.equal(
    (await two?.history(String(sent?.conversationId)))?.map(({ sender, content }) => [sender.kind, content['body']]),
    [
      ['person', `${CANARY} zuerst`],
      ['person', `${CANARY} danach`],
    ],
  );
});

identities('the same user shown again keeps the session, and one who wrote elsewhere meanwhile is found', async (context) => {
  const { stack, company, website } = context;
  const sub = `${CANARY}-again`;
  const waiting = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub }));
  const other = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub }));
  const { conversationId } = await other.say(`${CANARY} von dort`);
  const renewed = await identify(stack, waiting, await website.sign({ sub }));
  assert.is(renewed.token, waiting.token);
  assert.equal(
    (await renewed.conversations()).map(({ id }) => id),
    [conversationId],
  );
});

identities('a session of one user never shows another user anything: it ends, and a new one begins', async (context) => {
  const { stack, company, website, talk } = context;
  const anna = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub: KNOWN }));
  await anna.say(`${CANARY} nur Anna`);
  const written = (await anna.history(talk.id)).map(bodyOf);
  assert.is(written.at(-1), `${CANARY} nur Anna`);
  const bert = await identify(stack, anna, await website.sign({ sub: `${CANARY}-bert` }));
  assert.equal(await bert.conversations(), []);
  assert.is((await anna.call('GET', '/conversations')).status, 401, "Anna's session has ended");
  await bert.say(`${CANARY} nur Bert`);
  const back = await identify(stack, bert, await website.sign({ sub: KNOWN }));
  const [conversation, ...others] = await back.conversations();
  assert.is(others.length, 0);
  assert.equal((await back.history(conversation?.id ?? '')).map(bodyOf), written);
  assert.not.match(back.everything(), 'nur Bert');
});

identities('what somebody wrote unknown stays theirs when the browser turns out to be a known user', async (context) => {
  const { stack, company, website, talk } = context;
  const stranger = await openVisitor(stack, company.slug);
  await stranger.say(`${CANARY} wer weiß wer`);
  const same = await identify(stack, stranger, await website.sign({ sub: KNOWN }));
  assert.equal(
    (await same.conversations()).map(({ id }) => id),
    [talk.id],
  );
});

identities('whoever shared an unproven session with a user is out when the user is proven', async ({ stack, company, website }) => {
  const planted = await openVisitor(stack, company.slug);
  await planted.say(`${CANARY} ausgelegt`);
  const link = await planted.call('POST', '/session/codes', { purpose: 'resume' });
  const spare = await planted.call('POST', '/session/codes', { purpose: 'resume' });
  const redeem = (code: unknown) => planted.call('POST', '/sessions', { code, locale: 'de' });
  const victim = visitorWith(stack, String((await redeem(link.body['code'])).body['token']));
  const proven = await identify(stack, victim, await website.sign({ sub: `${CANARY}-victim` }));
  await proven.say(`${CANARY} vertraulich`);
  assert.is((await planted.call('GET', '/conversations')).status, 401);
  assert.is((await redeem(spare.body['code'])).status, 403, 'a code that was still open');
});

identities('the name goes to the ghost, the subject nowhere', async ({ stack, rows, website, agent, talk, known }) => {
  const visitor = await identify(stack, known, await website.sign({ sub: KNOWN, name: `${CANARY} Erika`, locale: 'en' }));
  assert.equal((await visitor.call('GET', '')).body['identity'], { verified: true, name: `${CANARY} Erika` });
  await eventually('the name of the ghost', async () => {
    const { body } = await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/joined_members`);
    return JSON.stringify(body).includes(`${CANARY} Erika`) ? true : undefined;
  });
  const dump = await rows.raw<{ rows: { text: string }[] }>('select row_to_json(i)::text as text from verified_identity as i');
  assert.not.match(JSON.stringify(dump.rows), KNOWN);
});

identities('an address that somebody typed is no identity', async ({ stack, company }) => {
  const label = { de: 'E-Mail' };
  const preChat = [{ key: 'email', type: 'email', required: true, label, purpose: { de: 'Für Rückfragen' } }];
  assert.is((await company.operate('PATCH', '/settings', { preChat })).status, 200);
  const [one, two] = [await openVisitor(stack, company.slug), await openVisitor(stack, company.slug)];
  for (const visitor of [one, two]) {
    const message = { type: 'm.room.message', content: { msgtype: 'm.text', body: `${CANARY} Hallo` }, txnId: crypto.randomUUID() };
    const fields = { email: `${CANARY}@example.org` };
    assert.is((await visitor.call('POST', '/events', { ...message, fields })).status, 200);
    assert.equal((await visitor.call('GET', '')).body['identity'], { verified: false, name: null });
    assert.is((await visitor.conversations()).length, 1);
  }
  assert.is.not((await one.conversations())[0]?.id, (await two.conversations())[0]?.id);
  assert.is((await company.operate('PATCH', '/settings', { preChat: [] })).status, 200);
});

identities('each wrong token is refused with its own reason, and changes nothing', async (context) => {
  const { stack, rows, company, website, strictWebsite: foreign } = context;
  const visitor = await openVisitor(stack, company.slug);
  const used = await website.sign({ sub: `${CANARY}-used` });
  await identify(stack, await openVisitor(stack, company.slug), used);
  const refused: Record<string, [string, number, string]> = {
    expired: [await website.sign({ exp: -10 }), 403, 'COM_SMOOPE_IDENTITY_EXPIRED'],
    'another audience': [await website.sign({ aud: foreign.audience }), 403, 'COM_SMOOPE_IDENTITY_AUDIENCE'],
    'our origin alone': [await website.sign({ aud: new URL(website.audience).origin }), 403, 'COM_SMOOPE_IDENTITY_AUDIENCE'],
    'key of another company': [await signWith(foreign.secret, website.audience), 403, 'COM_SMOOPE_IDENTITY_KEY'],
    'made-up key': [await signWith('x'.repeat(43), website.audience), 403, 'COM_SMOOPE_IDENTITY_KEY'],
    'no signature': [
      new UnsecuredJWT({ sub: 'user', jti: crypto.randomUUID(), aud: website.audience }).setExpirationTime('5m').encode(),
      403,
      'COM_SMOOPE_IDENTITY_KEY',
    ],
    replayed: [used, 403, 'COM_SMOOPE_IDENTITY_REPLAYED'],
    'no JWT': ['abc', 400, 'COM_SMOOPE_IDENTITY_MALFORMED'],
    'living too long': [await website.sign({ exp: 700 }), 400, 'COM_SMOOPE_IDENTITY_MALFORMED'],
    'no subject': [await website.sign({ sub: '' }), 400, 'COM_SMOOPE_IDENTITY_MALFORMED'],
    'endless subject': [await website.sign({ sub: 'x'.repeat(201) }), 400, 'COM_SMOOPE_IDENTITY_MALFORMED'],
    'no id': [await website.sign({ jti: '' }), 400, 'COM_SMOOPE_IDENTITY_MALFORMED'],
    'disguised name': [await website.sign({ name: 'Anna\u202e' }), 400, 'COM_SMOOPE_IDENTITY_MALFORMED'],
  };
  const count = async () => (await rows('verified_identity').where({ company_id: company.id })).length;
  const before = await count();
  for (const [what, [token, status, code]] of Object.entries(refused)) {
    const answer = await visitor.call('POST', '/identity', { token });
    assert.equal([answer.status, answer.body['errcode'], answer.body['field']], [status, code, 'body.token'], what);
  }
  assert.is(await count(), before);
  assert.equal((await visitor.call('GET', '')).body['identity'], { verified: false, name: null });
});

identities('of many requests with one token one is taken', async ({ stack, company, website }) => {
  const token = await website.sign({ sub: `${CANARY}-race` });
  const visitors = await Promise.all([1, 2, 3, 4].map(() => openVisitor(stack, company.slug)));
  const answers = await Promise.all(visitors.map((visitor) => visitor.call('POST', '/identity', { token })));
  assert.is(answers.filter(({ status }) => status === 200).length, 1);
  assert.ok(answers.every(({ status, body }) => status === 200 || body['errcode'] === 'COM_SMOOPE_IDENTITY_REPLAYED'));
});

identities('a public key is taken for its own algorithm only, and never as a secret', async ({ stack, company }) => {
  for (const alg of ['ES256', 'EdDSA', 'RS256']) {
    const pair = await generateKeyPair(alg, { extractable: true });
    const publicKey = await exportJWK(pair.publicKey);
    const added = await company.operate('POST', '/identity-keys', { publicKey });
    assert.equal([added.status, added.body['algorithm'], added.body['secret']], [201, alg, null], alg);
    const audience = String(added.body['audience']);
    const visitor = await openVisitor(stack, company.slug);
    const claims = { sub: `${CANARY}-${alg}`, jti: crypto.randomUUID(), aud: audience };
    const good = await new SignJWT(claims).setProtectedHeader({ alg }).setExpirationTime('5m').sign(pair.privateKey);
    // The public key as an HMAC secret: the classic confusion of algorithms.
    const confused = await signWith(JSON.stringify(publicKey), audience, { sub: `${CANARY}-${alg}` });
    assert.is((await visitor.call('POST', '/identity', { token: confused })).body['errcode'], 'COM_SMOOPE_IDENTITY_KEY');
    assert.is((await visitor.call('POST', '/identity', { token: good })).status, 200, alg);
    assert.is((await company.operate('DELETE', `/identity-keys/${String(added.body['id'])}`)).status, 204);
  }
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  for (const publicKey of [await exportJWK(privateKey), { kty: 'oct', k: 'c2VjcmV0' }, { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }]) {
    const refused = await company.operate('POST', '/identity-keys', { publicKey });
    assert.is(refused.status, 400, JSON.stringify(publicKey));
    assert.match(String(refused.body['field']), /^body\.publicKey/);
  }
  const weak = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  const { n: _n, ...rest } = await exportJWK(weak.publicKey);
  assert.is((await company.operate('POST', '/identity-keys', { publicKey: { ...rest, n: 'A'.repeat(170) } })).status, 400);
});

identities(
  'two keys are in force while a website is changed, a third is refused, a revoked one is worth nothing',
  async ({ stack, rows, company, website: next }) => {
    const old = await newSigningWebsite(company);
    const third = await company.operate('POST', '/identity-keys', {});
    assert.equal([third.status, third.body['errcode']], [409, 'COM_SMOOPE_CONFLICT']);
    for (const website of [old, next]) await identify(stack, await openVisitor(stack, company.slug), await website.sign());
    assert.is((await company.operate('DELETE', `/identity-keys/${old.keyId}`)).status, 204);
    const visitor = await openVisitor(stack, company.slug);
    const refused = await visitor.call('POST', '/identity', { token: await old.sign() });
    assert.equal([refused.status, refused.body['errcode']], [403, 'COM_SMOOPE_IDENTITY_KEY']);
    await identify(stack, visitor, await next.sign());
    const listed = await company.operate('GET', '/identity-keys');
    assert.not.match(JSON.stringify(listed.body), next.secret);
    const kept = await rows.raw<{ rows: unknown[] }>('select * from identity_key');
    assert.not.match(JSON.stringify(kept.rows), next.secret);
    assert.is((await company.operate('DELETE', `/identity-keys/${old.keyId}`)).status, 404);
  },
);

identities(
  'where identity is required, every message of anybody else is refused, also when the proof is too old',
  async ({ stack, rows, strict: company, strictWebsite: website }) => {
    const unknown = await openVisitor(stack, company.slug);
    const refused = await unknown.trySay(`${CANARY} wer bin ich`);
    assert.equal([refused.status, refused.body['errcode']], [403, 'COM_SMOOPE_IDENTITY_REQUIRED']);
    assert.is((await rows('conversation').where({ company_id: company.id })).length, 0);
    const visitor = await identify(stack, unknown, await website.sign());
    await visitor.say(`${CANARY} jetzt bekannt`);
    await rows('visitor_session')
      .where({ company_id: company.id })
      .whereNotNull('identity_id')
      .update({ identity_verified_at: new Date(Date.now() - 2 * 3_600_000 - 1_000) });
    assert.is((await visitor.trySay(`${CANARY} zu alt`)).body['errcode'], 'COM_SMOOPE_IDENTITY_REQUIRED');
    assert.is((await visitor.conversations()).length, 1, 'reading goes on');
    const renewed = await identify(stack, visitor, await website.sign());
    await renewed.say(`${CANARY} wieder bekannt`);
    const panel = await fetch(`${stack.appUrl}/widget/${company.slug}`, { headers: { accept: 'application/json' } });
    assert.equal(((await panel.json()) as Record<string, unknown>)['identity'], { required: true });
  },
);

codes.after(async ({ rows, agent }) => {
  await agent.stop();
  await rows.destroy();
});

const issue = (visitor: Visitor, purpose: string) => visitor.call('POST', '/session/codes', { purpose });
const redeem = (visitor: Visitor, code: unknown, company?: string) =>
  visitor.call('POST', '/sessions', { code, locale: 'de', ...(company === undefined ? {} : { company }) });

codes('a code opens a further session of the same person once, with a device of its own', async ({ stack, rows, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId } = await visitor.say(`${CANARY} hier`);
  const { status, body } = await issue(visitor, 'resume');
  assert.is(status, 201);
  const opened = await redeem(visitor, body['code'], company.slug);
  assert.is(opened.status, 201);
  const other = visitorWith(stack, String(opened.body['token']));
  assert.is((await other.say(`${CANARY} dort`)).conversationId, conversationId);
  assert.equal((await visitor.history(conversationId)).map(bodyOf), [`${CANARY} hier`, `${CANARY} dort`]);
  assert.is((await redeem(visitor, body['code'])).status, 403, 'a second time');
  const [row] = await rows<{ id: string; person_id: string }>('conversation').where({ id: conversationId });
  const devices = await rows('visitor_session').where({ person_id: row?.person_id }).pluck('device_id');
  assert.is(new Set(devices).size, 2);
});

codes('of two that use a code at once one gets in', async ({ known: visitor }) => {
  const { body } = await issue(visitor, 'resume');
  const answers = await Promise.all([1, 2, 3].map(() => redeem(visitor, body['code'])));
  assert.equal(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403, 403],
  );
});

codes(
  'used, expired, made up, of another company, of an ended session, into the app: one and the same answer',
  async ({ stack, rows, company }) => {
    const visitor = await openVisitor(stack, company.slug);
    const { conversationId } = await visitor.say(`${CANARY} Code`);
    const codeOf = async (from: Visitor): Promise<string> => String((await issue(from, 'popout')).body['code']);
    const used = await codeOf(visitor);
    await redeem(visitor, used);
    const expired = await codeOf(visitor);
    const sessions = rows('visitor_session')
      .whereIn('person_id', rows('conversation').where({ id: conversationId }).select('person_id'))
      .select('id');
    await rows('session_code')
      .whereIn('session_id', sessions)
      .update({ expires_at: new Date(Date.now() - 1) });
    const ended = await openVisitor(stack, company.slug);
    const orphan = await codeOf(ended);
    await ended.call('DELETE', '/session');
    const foreign = await codeOf(visitor);
    const intoApp = String((await issue(visitor, 'app')).body['code']);
    const answers = [
      await redeem(visitor, used),
      await redeem(visitor, expired),
      await redeem(visitor, `c_${'A'.repeat(43)}`),
      await redeem(visitor, foreign, OTHER_SLUG),
      await redeem(visitor, orphan),
      await redeem(visitor, intoApp),
    ];
    for (const { status, body } of answers) assert.equal([status, body], [403, answers[0]?.body]);
    assert.is(answers[0]?.body['errcode'], 'COM_SMOOPE_CODE_USED');
  },
);

codes('live as long as their purpose, are kept hashed, and are five at most', async ({ stack, rows, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  await visitor.say(`${CANARY} fünf`);
  const lives: [string, number][] = [
    ['popout', 30_000],
    ['app', 600_000],
    ['resume', 600_000],
  ];
  for (const [purpose, ms] of lives) {
    const { body } = await issue(visitor, purpose);
    assert.ok(Math.abs(Number(body['expiresAt']) - Date.now() - ms) < 5_000, purpose);
    assert.not.match(JSON.stringify(await rows('session_code')), String(body['code']));
  }
  const more = await Promise.all([1, 2, 3, 4].map(() => issue(visitor, 'app')));
  assert.is(more.filter(({ status }) => status === 201).length, 2);
  const refused = more.find(({ status }) => status !== 201);
  assert.equal([refused?.status, refused?.body['errcode']], [429, 'M_LIMIT_EXCEEDED']);
  assert.ok(Number(refused?.headers.get('retry-after')) > 0);
  assert.is((await issue(visitor, 'login')).status, 400, 'another purpose');
});

codes('a window that is opened before the first message knows whom the website has named', async ({ stack, company, website }) => {
  const visitor = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub: `${CANARY}-window` }));
  const { body } = await issue(visitor, 'popout');
  const window = visitorWith(stack, String((await redeem(visitor, body['code'])).body['token']));
  assert.is(((await window.call('GET', '')).body['identity'] as { verified: boolean }).verified, true);
  const { conversationId } = await window.say(`${CANARY} aus dem Fenster`);
  assert.is((await visitor.say(`${CANARY} aus der Seite`)).conversationId, conversationId);
});

codes('either a ticket or a code opens a session, not both and not neither', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const long = 'x'.repeat(30);
  for (const body of [{ locale: 'de' }, { locale: 'de', ticket: long, code: long }]) {
    const answer = await visitor.call('POST', '/sessions', body);
    assert.equal([answer.status, answer.body['field']], [400, 'body.ticket']);
  }
});

identities.run();
codes.run();
