import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanName, fileFacts, formatDuration, formatSize } from '../../browser/files/file-facts.ts';

const facts = (content: object) => fileFacts(content as Record<string, unknown>, 'File');

for (const [name, clean] of [
  ['invoice.pdf', 'invoice.pdf'],
  ['gnp\u202Eexe.png', 'gnpexe.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\photo.jpg', 'photo.jpg'],
  ['a\u0000b\n.txt', 'ab.txt'],
  ['  ', 'File'],
  ['/', 'File'],
] as const)
  test(`the name ${JSON.stringify(name)} is shown as ${clean}`, () => {
    assert.is(cleanName(name, 'File'), clean);
  });

test('a name that is no text is not shown', () => {
  for (const name of [undefined, null, 7, {}, []]) assert.is(cleanName(name, 'File'), 'File');
});

test('a long name keeps its ending', () => {
  const name = cleanName(`${'x'.repeat(500)}.pdf`, 'File');
  assert.is(name.length, 120);
  assert.ok(name.endsWith('….pdf'));
});

test('sizes are said as people say them', () => {
  assert.equal(
    [10, 840_000, 1_240_000, 25_000_000].map((size) => formatSize(size, 'en')),
    ['1 kB', '840 kB', '1.2 MB', '25 MB'],
  );
  assert.is(formatSize(1_240_000, 'de'), '1,2 MB');
});

test('lengths are said as minutes and seconds', () => {
  assert.equal([0, 9_600, 300_000].map(formatDuration), ['0:00', '0:10', '5:00']);
});

test('what kind of file a message holds is read from its type alone', () => {
  assert.equal(
    ['m.image', 'm.audio', 'm.video', 'm.file', 'm.dance', 7].map((msgtype) => facts({ msgtype, body: 'x' }).kind),
    ['image', 'audio', 'video', 'file', 'file', 'file'],
  );
});

test('only sound is a voice message', () => {
  const voice = { 'org.matrix.msc3245.voice': {} };
  assert.equal([facts({ msgtype: 'm.audio', ...voice }).isVoice, facts({ msgtype: 'm.file', ...voice }).isVoice], [true, false]);
});

test('facts that are malformed are left out', () => {
  for (const info of [null, 7, { size: -1, w: 'x', h: 3, duration: NaN }, { size: Infinity, w: 1e9, h: 1 }]) {
    const { size, duration, width, height } = facts({ msgtype: 'm.image', body: 'x', info });
    assert.equal([size, duration, width, height], [undefined, undefined, undefined, undefined]);
  }
});

test('a caption stands beside the name of its file', () => {
  const { name, caption } = facts({ msgtype: 'm.file', filename: 'a.pdf', body: 'our invoice' });
  assert.equal([name, caption], ['a.pdf', 'our invoice']);
  assert.is(facts({ msgtype: 'm.file', body: 'a.pdf' }).caption, '');
});

test.run();
