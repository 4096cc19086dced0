import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ContactForm, ContactPage, ContactSent } from '../../appservice/contact-form/contact-form-wire.ts';
import type { ConversationEvent } from '../../appservice/conversations/conversation-wire.ts';
import { contactTexts } from '../../web-client/contact-form/contact-page.ts';
import { renderConversationPage } from '../../web-client/contact-form/conversation-page.ts';
import { renderFormPage } from '../../web-client/contact-form/form-page.ts';
import { renderLinkPage, renderSentPage } from '../../web-client/contact-form/sent-page.ts';
import { textHtml } from '../../web-client/contact-form/text-html.ts';

const EVIL = '"><script>alert(1)</script>';
const assets = { style: '/assets/contact-1.css', script: '/assets/contact-proof-1.js' };

const somePage = (locale = 'de', isFramed = false): ContactPage => ({
  locale,
  isFramed,
  company: { slug: 'acme', name: 'Acme', logoUrl: null, imprintUrl: 'https://acme.example/imprint', privacyUrl: null, websiteUrl: null },
  service: { name: 'smoope', privacyUrl: 'https://chat.example/privacy' },
});

const someForm = (changes: Partial<ContactForm> = {}): ContactForm => ({
  token: 'a.b.c',
  puzzleBits: null,
  fields: [],
  noticeWays: [],
  values: {},
  errors: [],
  ...changes,
});

const someSent = (changes: Partial<ContactSent> = {}): ContactSent => ({
  number: 3,
  link: 'https://chat.example/contact/acme/open/c_1',
  linkDays: 7,
  notice: { ways: [], state: 'none', address: null },
  form: { values: {}, errors: [] },
  ...changes,
});

const someEvent = (changes: Partial<ConversationEvent> = {}): ConversationEvent => ({
  conversationId: 'c',
  seq: 1,
  eventId: '$1',
  type: 'm.room.message',
  at: Date.UTC(2026, 10, 23, 12),
  sender: { kind: 'agent', id: 'a', name: 'Lena', pictureUrl: null },
  content: { msgtype: 'm.text', body: 'Hallo' },
  text: ['Hallo'],
  ...changes,
});

const conversationHtml = (events: readonly ConversationEvent[]): string =>
  renderConversationPage(
    somePage(),
    {
      number: 7,
      isClosed: false,
      events,
      hasOlder: false,
      form: { token: 't', values: {}, errors: [] },
      notice: { ways: [], state: 'none', address: null },
      timeZone: 'Europe/Berlin',
    },
    assets,
  );

test('in a frame of a website the form stays a framed one, and whatever leads away opens outside of the frame', () => {
  const page = somePage('de', true);
  const form = renderFormPage(page, someForm(), assets);
  assert.match(form, 'action="/contact/acme?locale=de&amp;framed=1"');
  const sent = renderSentPage(page, someSent(), assets);
  for (const html of [form, sent])
    for (const [link] of html.matchAll(/<a [^>]*>/g)) if (!link.includes('href="#')) assert.match(link, 'target="_blank"', link);
  assert.match(sent, 'href="https://chat.example/contact/acme/open/c_1"');
  assert.not.match(sent, '/contact/acme/conversation');
});

test('every field of a company has its label, its purpose beside it, and what was entered', () => {
  const html = renderFormPage(
    somePage(),
    someForm({
      fields: [
        { key: 'name', label: 'Name', purpose: 'Damit wir Sie ansprechen.', kind: 'text', required: true, maxLength: 40 },
        { key: 'mail', label: 'E-Mail', purpose: 'Für Rückfragen.', kind: 'email', required: false },
        {
          key: 'topic',
          label: 'Thema',
          purpose: 'Damit es der Richtige liest.',
          kind: 'choice',
          required: false,
          options: [{ value: 'a', label: 'A & B' }],
        },
        { key: 'terms', label: 'Einverstanden', purpose: 'Vorschrift.', kind: 'agreement', required: true },
      ],
      values: { message: EVIL, 'field-name': EVIL, 'field-topic': 'a', 'field-terms': 'yes' },
      errors: [{ field: 'field-mail', fault: 'invalid' }],
    }),
    assets,
  ).replace(/\s+/g, ' ');
  assert.match(html, /<label for="field-name" ?>Name ?<\/label ?>/);
  assert.match(html, 'id="field-name-hint">Damit wir Sie ansprechen.');
  assert.match(html, /id="field-name"[^>]* maxlength="40" required/);
  assert.match(html, /E-Mail <span class="optional">\(freiwillig\)/);
  assert.match(html, /id="field-mail"[^>]*aria-invalid="true" autofocus aria-describedby="field-mail-fault field-mail-hint"/);
  assert.match(html, 'href="#field-mail"');
  assert.match(html, /<option value="a" selected ?>A &amp; B/);
  assert.match(html, /type="checkbox" id="field-terms" name="field-terms" value="yes" checked required/);
  assert.not.match(html, '<script>');
});

test('a form asks a browser for work only under attack', () => {
  assert.not.match(renderFormPage(somePage(), someForm(), assets), /<script|data-bits/);
  const attacked = renderFormPage(somePage(), someForm({ puzzleBits: 16 }), assets);
  assert.match(attacked, 'data-bits="16"');
  assert.match(attacked, '<script type="module" src="/assets/contact-proof-1.js">');
});

test('pages are German or English; who asks for another language reads English', () => {
  assert.match(renderFormPage(somePage('de-AT'), someForm(), assets), '<html lang="de">');
  assert.match(renderFormPage(somePage('fr'), someForm(), assets), '<html lang="en">');
  const gapsOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted();
  const [german, english] = [contactTexts('de'), contactTexts('en')];
  for (const [name, text] of Object.entries(english)) {
    const other = german[name as keyof typeof german];
    if (typeof text === 'string' && typeof other === 'string') assert.equal(gapsOf(other), gapsOf(text), name);
  }
});

test('links of the company stand on every page, and one that it has not given is left out', () => {
  const html = renderSentPage(somePage(), someSent(), assets);
  assert.match(html, 'href="https://acme.example/imprint"');
  assert.match(html, 'href="https://chat.example/privacy"');
  assert.not.match(html, 'Datenschutz bei Acme');
  assert.match(html, 'value="https://chat.example/contact/acme/open/c_1"');
});

test('an address is asked for with its purpose, and only where something can be sent', () => {
  const ask = (ways: ContactForm['noticeWays']): string =>
    renderFormPage(somePage(), someForm({ noticeWays: ways, values: { address: EVIL } }), assets);
  assert.not.match(ask([]), 'id="address"');
  assert.match(ask(['sms', 'mail']), 'Mobilnummer oder E-Mail-Adresse');
  assert.match(ask(['sms', 'mail']), 'dass Acme geantwortet hat, ohne Inhalt');
  assert.not.match(ask(['sms', 'mail']), '<script>');
  assert.match(ask(['sms']), 'type="tel"');
  assert.match(ask(['mail']), 'type="email"');
});

test('after sending, the page asks for the address, then for the code, and then offers to end the notices', () => {
  const sent = (changes: Partial<ContactSent>): string => renderSentPage(somePage(), someSent(changes), assets);
  const ways = ['sms', 'mail'] as const;
  assert.not.match(sent({}), 'Von der Antwort erfahren');
  assert.match(sent({ notice: { ways, state: 'none', address: null } }), 'action="/contact/acme/notice?locale=de"');
  const asked = sent({
    notice: { ways, state: 'asked', address: '…123' },
    form: { values: {}, errors: [{ field: 'code', fault: 'wrongCode' }] },
  });
  assert.match(asked, 'action="/contact/acme/notice/code?locale=de"');
  assert.match(asked, /aria-invalid="true" autofocus aria-describedby="code-fault code-hint"/);
  assert.match(asked, '<title>Bitte prüfen: Von der Antwort erfahren');
  const proven = sent({ notice: { ways: [], state: 'proven', address: '…123' } });
  assert.match(proven, 'an …123');
  assert.match(proven, 'action="/contact/acme/notice/stop?locale=de"');
});

test('a link that is not opened yet is one button and nothing of the conversation', () => {
  const html = renderLinkPage(somePage(), 'unopened', assets);
  assert.is(html.match(/<button/g)?.length, 1);
  assert.match(html, '<form method="post">');
});

test('a conversation shows edits in place of what they edit, and deletions without words', () => {
  const edit = someEvent({
    eventId: '$3',
    content: { msgtype: 'm.text', body: '* neu', 'm.relates_to': { rel_type: 'm.replace', event_id: '$1' } },
    text: ['neu'],
  });
  const html = conversationHtml([
    someEvent({ text: ['alt'] }),
    someEvent({ eventId: '$2', text: ['weg damit'] }),
    edit,
    someEvent({ eventId: '$4', type: 'm.room.redaction', redacts: '$2', content: {} }),
    someEvent({ eventId: '$5', type: 'm.reaction', content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: '$1', key: '👍' } } }),
  ]);
  assert.match(html, 'neu');
  assert.match(html, '(bearbeitet)');
  assert.match(html, 'Diese Nachricht wurde gelöscht.');
  assert.not.match(html, /alt<|weg damit/);
  assert.is(html.match(/<li class="(own|theirs)"/g)?.length, 2);
});

test("somebody else's edit changes nothing", () => {
  const forged = someEvent({
    eventId: '$2',
    sender: { kind: 'agent', id: 'b', name: 'Bernd', pictureUrl: null },
    content: { msgtype: 'm.text', body: '* gefälscht', 'm.relates_to': { rel_type: 'm.replace', event_id: '$1' } },
    text: ['gefälscht'],
  });
  const html = conversationHtml([someEvent(), forged]);
  assert.match(html, 'Hallo');
  assert.not.match(html, 'gefälscht');
});

test('a file is a link to it, a picture stands there small, and words that go with it stand below', () => {
  const picture = { msgtype: 'm.image', body: 'mein Rad', filename: 'rad.jpg', url: 'mxc://x/y' };
  const html = conversationHtml([
    someEvent({ content: picture, text: undefined }),
    someEvent({ eventId: '$2/+', content: { msgtype: 'm.file', body: 'vertrag.pdf' }, text: undefined }),
  ]);
  const address = /<a href="([^"]+)"\s*><img src="([^"]+)" alt=""/.exec(html);
  assert.match(address?.[1] ?? '', /^\/contact\/[\w-]+\/files\/[\w-]+\/%24/);
  assert.is(address?.[2], `${address?.[1]}?thumbnail=true`);
  assert.match(html, 'mein Rad</p>');
  assert.match(html, /%242%2F%2B"\s*>Datei: vertrag.pdf<\/a/);
  assert.not.match(html, 'mxc:');
});

test('names, files and words of others stay text', () => {
  const html = conversationHtml([
    someEvent({ sender: { kind: 'agent', id: 'a', name: EVIL, pictureUrl: null }, text: [EVIL] }),
    someEvent({ eventId: '$2', content: { msgtype: 'm.image', body: EVIL, url: 'mxc://x/y' } }),
  ]);
  assert.not.match(html, '<script>');
  assert.is(html.match(/&quot;&gt;&lt;script&gt;/g)?.length, 3);
});

test('formatted text keeps its elements, links lead away without a trace, headings are none of the page', () => {
  const { html } = textHtml([
    { tag: 'h1', children: ['Titel'] },
    { tag: 'quote', children: [{ tag: 'b', children: ['fett <'] }] },
    { tag: 'a', href: 'https://example.org/"x', children: ['hier'] },
    { tag: 'a', children: ['ohne Ziel'] },
    { tag: 'br', children: [] },
    { tag: 'ol', start: 3, children: [{ tag: 'li', children: ['drei'] }] },
  ]);
  assert.is(
    html,
    '<p><strong>Titel</strong></p><blockquote><b>fett &lt;</b></blockquote>' +
      '<a href="https://example.org/&quot;x" target="_blank" rel="noopener noreferrer nofollow external">hier</a>ohne Ziel<br><ol start="3"><li>drei</li></ol>',
  );
});

test.run();
