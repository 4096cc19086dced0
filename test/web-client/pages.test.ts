import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { renderDeletionPage } from '../../web-client/deletion-page.ts';
import { renderDemoPage } from '../../web-client/demo-site/demo-page.ts';
import { renderCompanyPrivacyPage, renderLegalPage } from '../../web-client/legal-page.ts';
import { english } from '../../web-client/locales/page-texts-en.ts';
import { german } from '../../web-client/locales/page-texts-de.ts';
import { renderMessagePage, type MessagePageName } from '../../web-client/message-page.ts';
import { renderAccountPage } from '../../web-client/shell-page.ts';
import { renderStartPage } from '../../web-client/start-page.ts';
import type { CompanyPrivacy } from '../../web-client/legal/company-privacy.ts';
import { legalData, somePageSettings } from './page-fixture.ts';

const HOSTILE = '"><script>alert(1)</script>{brand}';
const start = (changes = {}) => renderStartPage({ ...somePageSettings(changes), dataCountry: 'DE' });
const demo = (changes = {}) =>
  renderDemoPage({
    widgetUrl: 'https://chat.example/widget.js',
    companySlug: 'demo',
    companyName: 'Muster Räder',
    color: '#0b5c6b',
    styles: ['/a.css'],
    ...changes,
  });
const company: CompanyPrivacy = {
  name: 'Firma Nord',
  privacyContact: 'datenschutz@nord.example',
  imprintUrl: 'https://nord.example/impressum',
  privacyUrl: null,
  retentionDays: 30,
  fields: [{ label: 'Auftrag', purpose: 'Damit wir ihn finden' }],
};
const MESSAGES: readonly MessagePageName[] = ['signInEnded', 'notFound', 'unavailable', 'failed', 'tooMany', 'crossSite', 'unusable'];
const pages = (locale: string): Record<string, string> => ({
  start: start({ locale }),
  account: renderAccountPage(somePageSettings({ locale })),
  ...Object.fromEntries(MESSAGES.map((name) => [name, renderMessagePage(name, somePageSettings({ locale }), 'abc123')])),
  imprint: renderLegalPage('imprint', somePageSettings({ locale }), legalData),
  privacy: renderLegalPage('privacy', somePageSettings({ locale }), legalData),
  accessibility: renderLegalPage('accessibility', somePageSettings({ locale }), legalData),
  'privacy of a company': renderCompanyPrivacyPage(somePageSettings({ locale }), legalData, company),
  demo: demo(),
});

for (const locale of ['de', 'en'])
  for (const [name, page] of Object.entries(pages(locale))) {
    test(`the page ${name} (${locale}) holds to a strict content security policy`, () => {
      assert.not.match(page, /\sstyle=|<style|\son[a-z]+=/);
      for (const [tag] of page.matchAll(/<script[^>]*>/g)) assert.match(tag, /\ssrc="|type="application\/json"/);
    });

    test(`the page ${name} (${locale}) loads nothing from others`, () => {
      for (const [, address = ''] of page.matchAll(/(?:src|<link[^>]*href)="([^"]*)"/g))
        assert.match(address, /^(\/(?!\/)|data:|https:\/\/chat\.example\/)/);
    });

    test(`the page ${name} (${locale}) leaves no gap of a text open`, () => {
      assert.not.match(page, /\{(brand|place|name)\}|undefined|\[object/);
    });
  }

test('the privacy notice of a company says who answers for a conversation, how long it is kept, and what is asked for what', () => {
  const page = pages('de')['privacy of a company'] ?? '';
  for (const part of [
    'Datenschutz bei Firma Nord',
    'href="mailto:datenschutz@nord.example"',
    'href="https://nord.example/impressum"',
    'nach 30 Tagen',
    'Auftrag: Damit wir ihn finden',
    legalData.dataProtectionOfficer.email,
  ])
    assert.ok(page.includes(part), part);
  const silent = renderCompanyPrivacyPage(somePageSettings(), legalData, {
    ...company,
    privacyContact: null,
    imprintUrl: null,
    fields: [],
  });
  assert.not.match(silent, 'mailto:datenschutz@nord');
  assert.not.match(silent, 'Impressum von');
  const odd = renderCompanyPrivacyPage(somePageSettings(), legalData, { ...company, name: 'Kraft $& Co' });
  assert.match(odd, '<h1>Datenschutz bei Kraft $&amp; Co</h1>');
});

test('the start page can be read before any script runs, and has form and widget of the operator', () => {
  const page = start();
  for (const part of [
    german.headline,
    'Deutschland',
    'data-company="operator"',
    '<smoope-contact-form company="operator"',
    'href="/imprint"',
    'href="/privacy"',
    'href="/accessibility"',
  ])
    assert.ok(page.includes(part), part);
});

test('a language without texts reads English', () => {
  assert.ok(start({ locale: 'fr' }).includes(english.headline));
  assert.match(start({ locale: 'fr' }), /<html lang="en"/);
});

test('both languages have every text', () => {
  assert.equal(Object.keys(german).toSorted(), Object.keys(english).toSorted());
});

test('names from the config are text and nothing else', () => {
  const settings = somePageSettings({ operator: { slug: HOSTILE, name: HOSTILE }, brand: { ...somePageSettings().brand, name: HOSTILE } });
  const hostile = { ...legalData, name: HOSTILE, address: HOSTILE, email: HOSTILE };
  for (const page of [
    renderCompanyPrivacyPage(settings, hostile, {
      ...company,
      name: HOSTILE,
      privacyContact: HOSTILE,
      fields: [{ label: HOSTILE, purpose: HOSTILE }],
    }),
    renderStartPage({ ...settings, dataCountry: 'DE' }),
    renderAccountPage(settings),
    renderMessagePage('failed', settings, HOSTILE),
    renderLegalPage('imprint', settings, hostile),
    renderLegalPage('privacy', settings, hostile),
    renderLegalPage('accessibility', settings, hostile),
    demo({ companyName: HOSTILE, companySlug: HOSTILE }),
  ])
    assert.not.ok(page.includes('<script>alert'));
});

test('the imprint has what DDG section 5 asks for', () => {
  const page = renderLegalPage('imprint', somePageSettings(), legalData);
  for (const part of [legalData.name, 'Musterweg 1<br', legalData.representedBy, legalData.register, legalData.email, legalData.phone])
    assert.ok(page.includes(part), part);
});

test('the privacy notice names the officer, the place, the periods and the rights', () => {
  const page = renderLegalPage('privacy', somePageSettings({ locale: 'en' }), legalData);
  for (const part of ['Kai Beispiel', 'Germany', '365 days', '90 days', 'articles 15 to 21']) assert.ok(page.includes(part), part);
});

test('the privacy notice names the networks that people may sign in with, and says nothing of any where there are none', () => {
  for (const locale of ['de', 'en']) {
    assert.match(renderLegalPage('privacy', somePageSettings({ locale }), legalData), 'Facebook (Facebook of the tests, Ir');
    assert.not.match(renderLegalPage('privacy', somePageSettings({ locale }), { ...legalData, networks: [] }), 'Facebook');
  }
});

test('a page of a fault is whole without a script, and names the request where there is one', () => {
  const page = renderMessagePage('failed', somePageSettings(), 'abc123');
  for (const part of [`<h1>${german.failedTitle}</h1>`, german.failed, 'Nummer dieser Anfrage: abc123', 'href="/"'])
    assert.ok(page.includes(part), part);
  assert.not.match(renderMessagePage('tooMany', somePageSettings()), 'Nummer dieser Anfrage');
});

test('the page of a deletion says how far it is', () => {
  const askedAt = new Date('2026-11-23T12:00:00Z');
  const page = (deletion: Parameters<typeof renderDeletionPage>[1], locale = 'de') =>
    renderDeletionPage(somePageSettings({ locale }), deletion);
  assert.match(page({ askedAt, finishedAt: null }), '23. November 2026');
  assert.match(page({ askedAt, finishedAt: null }), german.deletionAskedTitle);
  assert.match(page({ askedAt, finishedAt: new Date('2026-12-01T12:00:00Z') }, 'en'), 'December');
  assert.match(page({ askedAt, finishedAt: new Date() }), german.deletionFinishedTitle);
  assert.match(page(undefined), german.deletionUnknownTitle);
  assert.not.match(page({ askedAt, finishedAt: null }) + page(undefined), /\{(asked|finished|brand)\}/);
});

test('the shell leaves its content to the router', () => {
  assert.match(renderAccountPage(somePageSettings()), /<main id="view"[^>]*data-empty/);
  assert.not.match(start(), /data-empty/);
});

test('the demo website includes the widget as any website would', () => {
  assert.match(demo(), /<script src="https:\/\/chat\.example\/widget\.js" data-company="demo" data-color="#0b5c6b" async><\/script>/);
});

test.run();
