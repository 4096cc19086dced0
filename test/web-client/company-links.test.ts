import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { english } from '../../web-client/companies/companies-texts-en.ts';
import { german } from '../../web-client/companies/companies-texts-de.ts';
import {
  contactAddress,
  mailAddress,
  matrixAddress,
  pageAddress,
  shareLinks,
  writeAddress,
} from '../../web-client/companies/company-links.ts';
import { initialsOf } from '../../web-client/companies/initials.ts';

const NAME = 'Müller & Söhne "?#';
const PAGE = 'https://chat.example/companies/acme';

test('what is shared is the address of the page, whole, whatever the name holds', () => {
  assert.is(pageAddress('https://chat.example', 'acme'), PAGE);
  const [whatsApp, facebook] = shareLinks(NAME, PAGE).map(({ href }) => new URL(href));
  assert.is(whatsApp?.searchParams.get('text'), `${NAME} ${PAGE}`);
  assert.is(facebook?.searchParams.get('u'), PAGE);
  const letter = new URLSearchParams(new URL(mailAddress(NAME, PAGE)).search);
  assert.equal([letter.get('subject'), letter.get('body')], [NAME, PAGE]);
});

test('every network has its privacy terms on a page of its own operator', () => {
  const links = shareLinks(NAME, PAGE);
  assert.is(links.length, 2);
  for (const { network, privacyUrl } of links) assert.ok(new URL(privacyUrl).hostname.endsWith(`${network.toLowerCase()}.com`), privacyUrl);
});

test('a Matrix app is given the user without the sign in front, and nothing that could be more than a user', () => {
  assert.is(matrixAddress('@company_ab_acme:chat.example:8448'), 'matrix:u/company_ab_acme:chat.example:8448?action=chat');
  assert.is(matrixAddress('@a/b?c#d:x'), 'matrix:u/a%2Fb%3Fc%23d:x?action=chat');
});

test('a message is written at an address of ours, whatever stands in for a company', () => {
  assert.is(writeAddress('acme'), '/conversations/new/acme');
  assert.is(writeAddress('../../x'), '/conversations/new/..%2F..%2Fx');
});

test('a mail address for questions is a link, a postal address is not, and neither leads into a script', () => {
  assert.is(contactAddress('privacy@acme.example'), 'mailto:privacy@acme.example');
  for (const postal of ['Musterweg 1, 20095 Hamburg', 'javascript:alert(1)', 'a@b@c']) assert.is(contactAddress(postal), undefined, postal);
});

test('both languages leave the same gaps for values', () => {
  const gapsOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted();
  for (const [name, text] of Object.entries(english)) assert.equal(gapsOf(german[name as keyof typeof german]), gapsOf(text), name);
});

test('a company without a logo has the initials of its first two words, signs left out', () => {
  const initials: [string, string][] = [
    ['Muster Räder GmbH', 'MR'],
    ['Müller & Söhne', 'MS'],
    ['öl', 'Ö'],
    ['🚲 Laden', 'L'],
    ['&', '&'],
    ['', ''],
  ];
  for (const [name, letters] of initials) assert.is(initialsOf(name), letters, name);
});

test.run();
