import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanName, cleanNameFor, contentDisposition } from '../../appservice/media/file-name.ts';

test('an ordinary name stays as it is', () => {
  for (const name of ['Rechnung 2026-11.pdf', 'Größe (2).jpg', 'фото.png', '写真.gif', 'a.b.c.txt', 'ohne Endung'])
    assert.is(cleanName(name), name);
});

test('path parts, control and direction characters, and signs with a meaning go', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\kanari\\x.txt', 'x.txt'],
    ['..', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    ['rechnung\u202Efdp.exe', 'rechnungfdp.exe'],
    ['\u2066a\u2069\u200b\ufeff\u00ad.txt', 'a.txt'],
    ['a\r\nSet-Cookie: x=1\0.txt', 'aSet-Cookie_ x=1.txt'],
    ['javascript:alert(1)', 'javascript_alert(1)'],
    ['"><img src=x onerror=alert(1)>.png', '___img src=x onerror=alert(1)_.png'],
    ['%2e%2e%2fx', '_2e_2e_2fx'],
    ['name.pdf. . .', 'name.pdf'],
    ['\ud800x.txt', '\ufffdx.txt'],
  ];
  for (const [given, clean] of cases) assert.is(cleanName(given), clean, given);
});

test('a long name keeps its ending and breaks no character', () => {
  const long = cleanName(`${'ä'.repeat(400)}.pdf`);
  assert.equal([long.length, long.endsWith('ä.pdf')], [100, true]);
  const faces = cleanName(`${'👨‍👩‍👧'.repeat(80)}.png`);
  assert.ok(faces.length <= 100 && faces.isWellFormed() && faces.endsWith('.png'));
  assert.ok(cleanName('x'.repeat(5_000)).length <= 100);
  assert.ok(cleanNameFor(`${'x'.repeat(500)}.html`, 'application/pdf').endsWith('.pdf'));
});

test('the ending fits what the file is', () => {
  assert.is(cleanNameFor('bild.JPEG', 'image/jpeg'), 'bild.JPEG');
  assert.is(cleanNameFor('bild.html', 'image/jpeg'), 'bild.html.jpg');
  assert.is(cleanNameFor('bild', 'image/png'), 'bild.png');
  assert.is(cleanNameFor('tabelle.csv', 'text/plain'), 'tabelle.csv');
  assert.is(cleanNameFor('seite.svg', 'text/plain'), 'seite.svg.txt');
  assert.is(cleanNameFor('werkzeug.exe', 'application/octet-stream'), 'werkzeug.exe.bin');
});

test('the header holds one name, whatever stands in it', () => {
  assert.is(contentDisposition('inline', 'a.png'), `inline; filename="a.png"; filename*=UTF-8''a.png`);
  assert.is(
    contentDisposition('attachment', 'Grüße "1\\2" (\'x\').txt'),
    `attachment; filename="Gr__e _1_2_ ('x').txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%5C2%22%20%28%27x%27%29.txt`,
  );
});

test.run();
