import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wordsWithLinks } from '../../web-client/conversations/words.ts';

const words = suite('links in words');

/** Words and, in brackets, the addresses of links. */
const read = (text: string): string =>
  wordsWithLinks(text)
    .map((part) => (typeof part === 'string' ? part : `[${String(part.values[0])}]`))
    .join('');

words('an address becomes a link, without what closes the sentence', () => {
  assert.is(read('Siehe https://example.org/a?b=1#c.'), 'Siehe [https://example.org/a?b=1#c].');
  assert.is(read('(http://example.org) und https://example.net!'), '([http://example.org]) und [https://example.net]!');
});

words('nothing else becomes one', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'mailto:a@example.org', 'https://', 'matrix:u/a'])
    assert.is(read(text), text);
});

words('a link says where it goes, and takes nothing along', () => {
  const link = wordsWithLinks('https://example.org').find((part) => typeof part !== 'string');
  assert.ok(link !== undefined && typeof link !== 'string');
  assert.match(link.strings.join(''), 'rel="noreferrer noopener"');
  assert.equal(link.values, ['https://example.org', 'https://example.org']);
});

words.run();
