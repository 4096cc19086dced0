import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { TextNode } from '../../appservice/conversations/conversation-wire.ts';
import { linkify, parseFormattedText, textOf } from '../../appservice/conversations/formatted-text.ts';

const count = (nodes: readonly TextNode[]): number =>
  nodes.reduce((all, node) => all + 1 + (typeof node === 'string' ? 0 : count(node.children)), 0);

const depth = (nodes: readonly TextNode[]): number =>
  Math.max(0, ...nodes.map((node) => (typeof node === 'string' ? 0 : 1 + depth(node.children))));

const plain = (nodes: readonly TextNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : plain(node.children))).join('');

const linksIn = (nodes: readonly TextNode[]): string[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [...(node.href === undefined ? [] : [node.href]), ...linksIn(node.children)]));

const br = { tag: 'br', children: [] };

test('allowed elements stay, their synonyms become one tag, attributes go', () => {
  assert.equal(parseFormattedText('<strong class="x">a</strong><b>b</b><em>c</em><del>d</del><h5>e</h5><div id=1>f</div><br/>'), [
    { tag: 'b', children: ['a'] },
    { tag: 'b', children: ['b'] },
    { tag: 'i', children: ['c'] },
    { tag: 's', children: ['d'] },
    { tag: 'h3', children: ['e'] },
    { tag: 'p', children: ['f'] },
    { tag: 'br', children: [] },
  ]);
});

test('a list begins with the number that its sender gave it, where that is one', () => {
  for (const [start, shown] of [
    ['3', { start: 3 }],
    ['0', { start: 0 }],
    ['1', {}],
    ['-1', {}],
    ['1e9', {}],
    ['9999999999', {}],
    ['3" onload="x()', {}],
  ] as const) {
    assert.equal(parseFormattedText(`<ol start='${start}'><li>a</li></ol>`), [
      { tag: 'ol', ...shown, children: [{ tag: 'li', children: ['a'] }] },
    ]);
  }
  assert.equal(parseFormattedText('<ul start="3"></ul>'), [{ tag: 'ul', children: [] }]);
});

test('unknown elements give way to their children, also those named like members of Object', () => {
  for (const name of [
    'span',
    'font',
    'form',
    'button',
    'constructor',
    '__proto__',
    'toString',
    'x-y',
    'img',
    'video',
    'object',
    'base',
    'link',
    'meta',
  ]) {
    assert.equal(parseFormattedText(`vor <${name} onload="x()">in <b>fett</b></${name}>`).slice(-1)[0] !== undefined, true);
    assert.equal(linksIn(parseFormattedText(`<${name} href="https://example.org" src=x>a</${name}>`)), []);
    assert.not.match(JSON.stringify(parseFormattedText(`<${name}>a</${name}>`)), `"${name}"`);
  }
});

test('text of scripts, styles, frames and quotes of a reply is no text for people', () => {
  for (const name of ['script', 'style', 'mx-reply', 'title', 'textarea', 'iframe', 'template', 'noscript', 'svg', 'math', 'head']) {
    assert.equal(parseFormattedText(`a<${name}>weg<b>weg</b></${name}>b`), ['ab'], name);
  }
  assert.equal(parseFormattedText('<mx-reply><mx-reply>x</mx-reply>y</mx-reply>z'), ['z']);
});

test('entities are text, and a text of many entities is one node', () => {
  assert.equal(parseFormattedText('&lt;b&gt; &amp;amp; &quot; &#60;script&#62; &auml;&#x1F600; &nbsp;x'), [
    '<b> &amp; " <script> ä😀 \u00a0x',
  ]);
  const many = '&lt;'.repeat(9_000);
  assert.equal(parseFormattedText(many), ['<'.repeat(9_000)]);
});

test('links keep http, https, mailto, tel and matrix; everything else is text', () => {
  const kept = [
    'https://example.org/?a=1#b',
    'http://example.org',
    'mailto:a@example.org',
    'tel:+49',
    'matrix:roomid/x',
    'HTTPS://example.org',
  ];
  for (const href of kept) assert.equal(parseFormattedText(`<a href="${href}">x</a>`), [{ tag: 'a', href, children: ['x'] }]);
  const refused = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java&#10;script:alert(1)',
    'java&Tab;script:alert(1)',
    '\u0001javascript:alert(1)',
    '&#1;javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.org/x',
    '//example.org',
    '/relative',
    '#anchor',
    '',
    'ftp://example.org',
    `https://example.org/${'x'.repeat(3_000)}`,
  ];
  for (const href of refused) assert.equal(parseFormattedText(`<a href="${href}">x</a>`), ['x'], JSON.stringify(href));
});

test('control and direction characters are taken out of a link before it is looked at and shown', () => {
  assert.equal(linksIn(parseFormattedText('<a href=" ht\u200btps://exa\u202emple.org\u0000 ">x</a>')), ['https://example.org']);
  assert.equal(linksIn(parseFormattedText('<a href="https://a&#x202e;b">x</a>')), ['https://ab']);
});

test('a mention is text: its link would tell a Matrix id', () => {
  for (const href of [
    'https://matrix.to/#/@anna:example.org',
    'https://matrix.to/#/%40anna:example.org',
    'HTTPS://MATRIX.TO/#/@a:b',
    'matrix:u/anna:example.org',
  ]) {
    assert.equal(parseFormattedText(`<a href="${href}">Anna</a>`), ['Anna'], href);
  }
});

test('nesting ends at a depth, its text stays', () => {
  const nodes = parseFormattedText(`${'<b>'.repeat(1_000)}tief${'</b>'.repeat(1_000)}`);
  assert.is(depth(nodes), 24);
  assert.is(plain(nodes), 'tief');
});

test('a message has at most 2,000 nodes', () => {
  assert.is(count(parseFormattedText('<br>'.repeat(20_000))), 2_000);
  assert.ok(count(parseFormattedText('<i>x</i>'.repeat(8_000))) <= 2_000);
});

test('the worst text of 64 kB takes no time worth mentioning', () => {
  for (const part of ['<x>a', '<b>', '</b>', '<a href=https://a>', '<', '&', '<!--', '<mx-reply>', '<table><tr>', 'https://']) {
    const began = performance.now();
    parseFormattedText(part.repeat(65_536 / part.length));
    linkify(part.repeat(65_536 / part.length));
    assert.ok(performance.now() - began < 1_000, `${part} took ${performance.now() - began} ms`);
  }
});

test('broken markup ends in nodes all the same', () => {
  assert.equal(parseFormattedText('<b>offen <i>auch</b> danach'), [
    { tag: 'b', children: ['offen ', { tag: 'i', children: ['auch'] }] },
    ' danach',
  ]);
  assert.equal(parseFormattedText('</b></script>nur Text<!-- weg --><![CDATA[x]]>'), ['nur Text']);
  assert.equal(parseFormattedText('<b'), []);
  assert.equal(parseFormattedText(''), []);
});

test('addresses in plain text become links, without the mark that ends a sentence', () => {
  assert.equal(linkify('Siehe https://example.org/a?b=1. Oder (http://example.com), ja!'), [
    'Siehe ',
    { tag: 'a', href: 'https://example.org/a?b=1', children: ['https://example.org/a?b=1'] },
    '. Oder (',
    { tag: 'a', href: 'http://example.com', children: ['http://example.com'] },
    '), ja!',
  ]);
  assert.equal(linkify('javascript:alert(1) <b>x</b> xhttps://a'), ['javascript:alert(1) <b>x</b> xhttps://a']);
  assert.equal(linkify(''), []);
});

test('lines of plain text stay lines, up to a bound', () => {
  assert.equal(linkify('Guten Tag,\r\n\nhttps://example.org\nGruß\n'), [
    'Guten Tag,',
    br,
    br,
    { tag: 'a', href: 'https://example.org', children: ['https://example.org'] },
    br,
    'Gruß',
    br,
  ]);
  const many = linkify('\n'.repeat(65_536));
  assert.is(many.length, 2_001);
  assert.equal(many.at(-1), '\n'.repeat(63_536));
});

test('a message shows its formatted text where it has one, else its body; other content has no text', () => {
  const message = { msgtype: 'm.text', body: 'roh' };
  assert.equal(textOf(message), ['roh']);
  assert.equal(textOf({ ...message, format: 'org.matrix.custom.html', formatted_body: '<b>x</b>' }), [{ tag: 'b', children: ['x'] }]);
  assert.equal(textOf({ ...message, format: 'text/markdown', formatted_body: '<b>x</b>' }), ['roh']);
  assert.equal(textOf({ ...message, formatted_body: 5, format: 'org.matrix.custom.html' }), ['roh']);
  for (const content of [{}, { body: 'x' }, { msgtype: 'm.text' }, { msgtype: 5, body: 'x' }, { msgtype: 'm.text', body: ['x'] }]) {
    assert.is(textOf(content), undefined);
  }
});

test('the quote that older clients put before a reply is left out, and a quote that is none stays', () => {
  const quoted = { msgtype: 'm.text', body: '> <@anna:example.org> Frage\n> weiter\n\nAntwort' };
  assert.equal(textOf({ ...quoted, 'm.relates_to': { 'm.in_reply_to': { event_id: '$a' } } }), ['Antwort']);
  assert.equal(textOf({ msgtype: 'm.text', body: '> Zitat\n\nDazu' }), ['> Zitat', br, br, 'Dazu']);
});

test.run();
