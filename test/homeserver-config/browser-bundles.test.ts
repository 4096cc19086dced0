import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { areBundlesStale } from '../../homeserver-config/embedded/browser-bundles.ts';

const bundles = suite<{ root: string; write: (file: string, second: number) => void }>('browser bundles');

bundles.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), 'smoope-bundles-'));
  context.write = (file, second) => {
    const path = join(context.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    utimesSync(path, second, second);
    utimesSync(dirname(path), second, second);
  };
  context.write('widget/panel/main.ts', 100);
  context.write('web-client/main.ts', 100);
  utimesSync(join(context.root, 'widget'), 100, 100);
});
bundles.after.each(({ root }) => rmSync(root, { recursive: true }));

function build(write: (file: string, second: number) => void): void {
  write('dist/widget/manifest.json', 200);
  write('dist/web-client/manifest.json', 200);
}

bundles('that were never built are stale', ({ root, write }) => {
  assert.ok(areBundlesStale(root));
  write('dist/widget/manifest.json', 200);
  assert.ok(areBundlesStale(root), 'half of them is not enough');
});

bundles('newer than every source are fresh', ({ root, write }) => {
  build(write);
  assert.not(areBundlesStale(root));
});

for (const source of ['widget/panel/main.ts', 'web-client/pages/new.ts', 'package-lock.json', 'rollup.config.js']) {
  bundles(`are stale when ${source} changed`, ({ root, write }) => {
    build(write);
    write(source, 300);
    if (!source.includes('/')) utimesSync(root, 100, 100);
    assert.ok(areBundlesStale(root));
  });
}

bundles('are stale when a source was deleted', ({ root, write }) => {
  build(write);
  rmSync(join(root, 'widget/panel/main.ts'));
  assert.ok(areBundlesStale(root));
});

bundles.run();
