import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFormattedText } from '../../../appservice/conversations/formatted-text.ts';
import { parseMarkdown } from '../../../web-client/thread/markdown.ts';
import { nodeHtml } from '../../../web-client/thread/node-html.ts';

const markdown = suite('marks in what somebody writes');

const htmlOf = (words: string): string | undefined => {
  const nodes = parseMarkdown(words);
  return nodes === undefined ? undefined : nodeHtml(nodes);
};

for (const [words, html] of [
  ['**fett** und *schräg*', '<strong>fett</strong> und <em>schräg</em>'],
  ['**a *b* c**', '**a <em>b</em> c**'],
  ['_schräg_ ~~weg~~', '<em>schräg</em> <del>weg</del>'],
  ['`**kein**`', '<code>**kein**</code>'],
  ['[hier](https://example.org/a_b_c?d=1)', '<a href="https://example.org/a_b_c?d=1">hier</a>'],
  ['- eins\n- zwei', '<ul><li>eins</li><li>zwei</li></ul>'],
  ['1. eins\n2) zwei', '<ol><li>eins</li><li>zwei</li></ol>'],
  ['> gesagt\n> noch\nnein', '<blockquote>gesagt<br>noch</blockquote><p>nein</p>'],
  ['vor\n```js\n<b> & **x**\n```\nnach', '<p>vor</p><pre><code>&lt;b&gt; &amp; **x**</code></pre><p>nach</p>'],
] as const)
  markdown(`${JSON.stringify(words)} becomes ${html ?? 'nothing but itself'}`, () => {
    assert.is(htmlOf(words), html);
  });

markdown('what has no marks, and what only looks like some, is sent as it is', () => {
  for (const words of [
    'Guten Tag,\n\nich habe eine Frage.',
    '2 * 3 * 4 = 24',
    'snake_case_name und __init__',
    'https://example.org/a_b_c/*x*',
    '**',
    '[x](javascript:alert(1))',
    '-5 Grad',
    '<b>kein HTML</b>',
    '```offen',
  ])
    assert.is(htmlOf(words), undefined, words);
});

markdown('HTML that somebody types stays text', () => {
  assert.is(htmlOf('**<img src=x onerror=alert(1)>**'), '<strong>&lt;img src=x onerror=alert(1)&gt;</strong>');
  assert.is(htmlOf('[<b>"](https://example.org/?a="b)'), undefined);
});

markdown('what is sent reads the same when it is drawn', () => {
  for (const words of ['**a** *b* `c`', '- x **y**\n- z', '> q', '[l](https://example.org/)']) {
    const nodes = parseMarkdown(words) ?? [];
    assert.equal(parseFormattedText(nodeHtml(nodes)), nodes);
  }
});

markdown('a long text of marks takes no long time', () => {
  for (const piece of ['**', '*a', '_ ', '`', '[', '[a](', '~~', '> ', '* ', '**a ', '_a_b', 'https://']) {
    const begin = performance.now();
    parseMarkdown(piece.repeat(20_000 / piece.length));
    assert.ok(performance.now() - begin < 1_000, `${piece} took ${performance.now() - begin} ms`);
  }
});

markdown.run();
