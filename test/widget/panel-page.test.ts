import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { renderPanelPage } from '../../widget/panel/panel-page.ts';
import { aPanel } from './panel-fixture.ts';

const render = (changes: Parameters<typeof aPanel>[0] = {}) =>
  renderPanelPage({
    settings: aPanel(changes),
    script: '/assets/panel-1.js',
    styles: ['/assets/panel-1.css'],
    preload: ['/assets/de-1.js'],
  });
const block = (page: string): string => /<script type="application\/json" id="settings">([^]*?)<\/script>/.exec(page)?.[1] ?? '';

test('the page carries its settings as they are', () => {
  assert.equal(JSON.parse(block(render())), aPanel());
});

test('nothing in the settings ends or changes the block', () => {
  const name = '</script><script>alert(1)</script><!--\u2028\u2029"\'&';
  const page = render({ company: { ...aPanel().company, name } });
  assert.not.match(block(page), /[<>\u2028\u2029]/);
  assert.is((JSON.parse(block(page)) as { company: { name: string } }).company.name, name);
  assert.not.ok(page.includes('<script>alert'));
});

test('the name of the company is text in title and heading', () => {
  const page = render({ company: { ...aPanel().company, name: '<img src=x onerror=alert(1)> & Söhne' } });
  assert.not.ok(page.includes('<img'));
  assert.ok(page.includes('<title>&lt;img src=x onerror=alert(1)&gt; &amp; Söhne</title>'));
});

test('language and direction stand on the page', () => {
  assert.match(render({ locale: 'de' }), /<html lang="de" dir="ltr">/);
  assert.match(render({ locale: 'ar' }), /<html lang="ar" dir="rtl">/);
});

test('a strict content security policy has nothing to forbid', () => {
  const page = render();
  assert.not.match(page, /\sstyle=|<style|\son\w+=/);
  for (const [tag] of page.matchAll(/<script[^>]*>/g)) assert.match(tag, /src="\/assets|type="application\/json"/);
});

test('script, styles and the language are asked for at once', () => {
  const page = render();
  for (const part of [
    'src="/assets/panel-1.js"',
    'rel="stylesheet" href="/assets/panel-1.css"',
    'rel="modulepreload" href="/assets/de-1.js"',
  ])
    assert.ok(page.includes(part), part);
});

test.run();
