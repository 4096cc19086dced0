import { generateKeyPair, exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openConversation } from '../open-conversation.ts';
import { openRows } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, openVisitor, visitorWith } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';
import { identify, newSigningWebsite, signWith, type SigningWebsite } from './signed-identity.ts';

type Context = { stack: StackAccess; rows: Database; company: TestCompany; website: SigningWebsite; agent: CompanyAgent };

const identities = suite<Context>('signed identities');

identities.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.website = await newSigningWebsite(context.company);
  context.agent = await context.company.newAgent();
});
identities.after(async ({ rows, agent }) => {
  await agent.stop();
  await rows.destroy();
});

identities('a user whom the website names finds the conversation again on another device, and both see what is said', async (context) => {
  const { stack, company, website, agent } = context;
  const sub = `${CANARY}-both`;
  const talk = await openConversation(stack, company, agent, `${CANARY} vom Rechner`);
  const first = await identify(stack, talk.visitor, await website.sign({ sub }));
  assert.equal(
    (await first.conversations()).map(({ id }) => id),
    [talk.id],
  );
  const second = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub }));
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
  const { stack, company, website } = context;
  const anna = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub: `${CANARY}-anna` }));
  await anna.say(`${CANARY} nur Anna`);
  const bert = await identify(stack, anna, await website.sign({ sub: `${CANARY}-bert` }));
  assert.equal(await bert.conversations(), []);
  assert.is((await anna.call('GET', '/conversations')).status, 401, "Anna's session has ended");
  await bert.say(`${CANARY} nur Bert`);
  const back = await identify(stack, bert, await website.sign({ sub: `${CANARY}-anna` }));
  const [conversation, ...others] = await back.conversations();
  assert.is(others.length, 0);
  assert.equal((await back.history(conversation?.id ?? '')).map(bodyOf), [`${CANARY} nur Anna`]);
  assert.not.match(back.everything(), 'nur Bert');
});

identities('what somebody wrote unknown stays theirs when the browser turns out to be a known user', async (context) => {
  const { stack, company, website } = context;
  const sub = `${CANARY}-known`;
  const known = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub }));
  const { conversationId } = await known.say(`${CANARY} bekannt`);
  const stranger = await openVisitor(stack, company.slug);
  await stranger.say(`${CANARY} wer weiß wer`);
  const same = await identify(stack, stranger, await website.sign({ sub }));
  assert.equal(
    (await same.conversations()).map(({ id }) => id),
    [conversationId],
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

identities('the name goes to the ghost, the subject nowhere', async ({ stack, rows, company, website, agent }) => {
  const subject = `${CANARY}-subject-4711`;
  const talk = await openConversation(stack, company, agent, `${CANARY} mit Namen`);
  const visitor = await identify(stack, talk.visitor, await website.sign({ sub: subject, name: `${CANARY} Erika`, locale: 'en' }));
  assert.equal((await visitor.call('GET', '')).body['identity'], { verified: true, name: `${CANARY} Erika` });
  await eventually('the name of the ghost', async () => {
    const { body } = await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/joined_members`);
    return JSON.stringify(body).includes(`${CANARY} Erika`) ? true : undefined;
  });
  const dump = await rows.raw<{ rows: { text: string }[] }>('select row_to_json(i)::text as text from verified_identity as i');
  assert.not.match(JSON.stringify(dump.rows), subject);
});

identities('an address that somebody typed is no identity', async ({ stack }) => {
  const label = { de: 'E-Mail' };
  const preChat = [{ key: 'email', type: 'email', required: true, label, purpose: { de: 'Für Rückfragen' } }];
  const company = await newCompany(stack, { settings: { preChat } });
  const [one, two] = [await openVisitor(stack, company.slug), await openVisitor(stack, company.slug)];
  for (const visitor of [one, two]) {
    const message = { type: 'm.room.message', content: { msgtype: 'm.text', body: `${CANARY} Hallo` }, txnId: crypto.randomUUID() };
    const fields = { email: `${CANARY}@example.org` };
    assert.is((await visitor.call('POST', '/events', { ...message, fields })).status, 200);
    assert.equal((await visitor.call('GET', '')).body['identity'], { verified: false, name: null });
    assert.is((await visitor.conversations()).length, 1);
  }
  assert.is.not((await one.conversations())[0]?.id, (await two.conversations())[0]?.id);
});

identities('each wrong token is refused with its own reason, and changes nothing', async ({ stack, rows, company, website }) => {
  const other = await newCompany(stack);
  const foreign = await newSigningWebsite(other);
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

identities('a public key is taken for its own algorithm only, and never as a secret', async ({ stack }) => {
  const company = await newCompany(stack);
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
  async ({ stack, rows }) => {
    const company = await newCompany(stack);
    const old = await newSigningWebsite(company);
    const next = await newSigningWebsite(company);
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
  async ({ stack, rows }) => {
    const company = await newCompany(stack, { settings: { identity: { required: true, maxAgeHours: 2 } } });
    const website = await newSigningWebsite(company);
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

identities.run();
