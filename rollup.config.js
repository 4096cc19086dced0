import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { build, buildSync } from 'esbuild';
import esbuild from 'rollup-plugin-esbuild';

const LICENSES = [
  'matrix-js-sdk',
  'lit',
  'lit-html',
  '@lit/reactive-element',
  'lucide-static',
  'uqr',
  '@simplewebauthn/browser',
  'htmlparser2',
  'entities',
];
/** Views that open without a connection. */
const SHELL_VIEWS = ['conversations-page', 'new-conversation-page'];
const LIT_BANNER = '/*! Contains Lit, (c) Google LLC, BSD-3-Clause: see licenses.txt */';
const PASSKEY_BANNER = '/*! Contains SimpleWebAuthn, (c) Matthew Miller, MIT: see licenses.txt */';

/** Says whose work stands in a bundle beside ours. */
function banner({ moduleIds }) {
  const libraries = moduleIds.filter((id) => id.includes('/node_modules/'));
  const passkeys = libraries.filter((id) => id.includes('/@simplewebauthn/'));
  return [libraries.length > passkeys.length ? LIT_BANNER : '', passkeys.length > 0 ? PASSKEY_BANNER : ''].join('');
}

/** Text of a licence, under the name that its authors gave the file. */
function licenseOf(name) {
  const file = ['LICENSE', 'LICENSE.md'].map((each) => `node_modules/${name}/${each}`).find((path) => existsSync(path));
  return readFileSync(file, 'utf8');
}

/** Takes comments, line breaks and indentation out of style sheets in template strings; the sources stay readable. */
function squeezeStyles() {
  const squeeze = (css) =>
    css
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/([{};,])\s*\n\s*/g, '$1')
      .replace(/`\s*\n\s*/g, '`')
      .replace(/\s*\n\s*/g, ' ')
      .replace(/([a-z-}]): /g, '$1:')
      .replace(/ ([{+]) ?/g, '$1')
      .replace(/ !/g, '!')
      .replace(/;\}/g, '}')
      .replace(/, /g, ',');
  return {
    name: 'squeeze-styles',
    transform: (code, id) => (/[.-]styles\.ts$/.test(id) ? { code: code.replace(/`[^`]*`/g, squeeze), map: null } : null),
  };
}

/** Publishes a file of types as it is, for websites that are written in TypeScript. */
function typesFor(file, fileName) {
  return {
    name: 'types',
    generateBundle() {
      this.emitFile({ type: 'asset', name: fileName, fileName, source: readFileSync(file) });
    },
  };
}

/**
 * Takes indentation out of the templates of elements; what separates two tags or attributes stays a space, as it is for a browser.
 * Comes after the compiler, which has taken out comments: one to the end of a line would swallow the next.
 */
function squeezeTemplates() {
  return {
    name: 'squeeze-templates',
    transform: (code, id) =>
      /\/(browser|widget|web-client)\/.*\.ts$/.test(id)
        ? { code: code.replace(/>\n\s+/g, '> ').replace(/\n\s+(?=<|>|[@.?]?[a-z-]+=|\$\{|`)/g, ' '), map: null }
        : null,
  };
}

/** Bundles style sheets with what they import, under hashed names. */
function styleSheets(sheets) {
  return {
    name: 'style-sheets',
    generateBundle() {
      for (const [name, file] of Object.entries(sheets)) {
        const [sheet] = buildSync({ entryPoints: [file], bundle: true, minify: true, write: false, target: 'es2022' }).outputFiles;
        this.emitFile({ type: 'asset', name, source: sheet.text });
      }
    },
  };
}

/**
 * A library that its makers did not write for bundles (CommonJS among its dependencies, a megabyte of code), made a bundle by esbuild in a
 * second; the module `entry` is its address for everything else.
 */
function separateLibrary(entry) {
  let files = [];
  return {
    name: 'separate-library',
    async buildStart() {
      const names = '[name]-[hash]';
      const { outputFiles } = await build({
        entryPoints: [entry],
        outdir: 'dist',
        write: false,
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        legalComments: 'none',
        define: { global: 'globalThis' },
        loader: { '.wasm': 'file' },
        entryNames: names,
        chunkNames: names,
        assetNames: names,
      });
      files = outputFiles.map(({ path, contents }) => ({ fileName: basename(path), contents }));
    },
    resolveId(source) {
      const name = basename(entry, '.ts');
      if (basename(source) !== `${name}.ts`) return null;
      return { id: `/assets/${files.find(({ fileName }) => fileName.startsWith(`${name}-`)).fileName}`, external: 'absolute' };
    },
    generateBundle() {
      for (const { fileName, contents } of files) this.emitFile({ type: 'asset', name: fileName, fileName, source: contents });
    },
  };
}

/**
 * Puts the addresses of all that the conversations are made of into the service worker: their views, what those load now and later, and of
 * the Matrix library what it always needs. The other bundles have been written by then.
 */
function shellFiles() {
  const folder = 'dist/web-client';
  const seen = new Set();
  function visit(file) {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(join(folder, file), 'utf8');
    const later = /^(main|matrix-sdk|chunk)-/.test(file) ? [] : code.matchAll(/import\("(?:\.|\/assets)\/([\w.-]+\.js)"\)/g);
    for (const [, name] of [...code.matchAll(/(?:from|import)\s*"(?:\.|\/assets)\/([\w.-]+\.js)"/g), ...later]) visit(name);
  }
  return {
    name: 'shell-files',
    transform(code, id) {
      if (!id.endsWith('/service-worker.ts')) return null;
      const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
      for (const view of SHELL_VIEWS) visit(manifest[`${view}.js`]);
      const addresses = JSON.stringify([...seen].sort((one, other) => one.localeCompare(other)).map((name) => `/assets/${name}`));
      return { code: code.replace('files: SHELL_FILES', `files: ${addresses}`), map: null };
    },
  };
}

/** Name under which a file stands in the manifest: `panel.js`, `panel.css`, `locales/de.js` for a language that is loaded on demand. */
function logicalName(file) {
  if (file.type === 'asset') return file.names[0];
  const isLanguage = /\/locales\/[^/]+$/.test(file.facadeModuleId ?? '');
  return isLanguage ? `locales/${file.name}.js` : `${file.name}.js`;
}

/** Writes which logical name became which file, the licences, and each file once more as gzip and Brotli beside it. */
function publish(dir) {
  return {
    name: 'publish',
    writeBundle(_options, bundle) {
      const manifestFile = join(dir, 'manifest.json');
      const manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {};
      for (const file of Object.values(bundle)) {
        manifest[logicalName(file)] = file.fileName;
        const bytes = readFileSync(join(dir, file.fileName));
        writeFileSync(join(dir, `${file.fileName}.gz`), gzipSync(bytes, { level: 9 }));
        writeFileSync(join(dir, `${file.fileName}.br`), brotliCompressSync(bytes));
      }
      writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
      const texts = LICENSES.map((name) => `${name}\n\n${licenseOf(name)}`);
      writeFileSync(join(dir, 'licenses.txt'), texts.join('\n\n'));
    },
  };
}

const compile = [nodeResolve(), squeezeStyles(), esbuild({ target: 'es2022' }), squeezeTemplates()];
const minify = terser({
  ecma: 2022,
  module: true,
  compress: { passes: 3, unsafe_arrows: true, keep_fargs: false, unsafe_undefined: true },
  format: { comments: /^!/ },
});

/** A bundle of modules with its style sheets, under hashed names, in `dist/<folder>`. */
const modules = (folder, input, sheets, ...more) => ({
  input,
  plugins: [...more, ...compile, styleSheets(sheets), publish(`dist/${folder}`)],
  output: {
    dir: `dist/${folder}`,
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    assetFileNames: '[name]-[hash][extname]',
    banner,
    plugins: [minify],
  },
});

/** A script for host pages, under a name that stays. */
const hostScript = (input, ...more) => ({
  input,
  plugins: [...compile, ...more, publish('dist/widget')],
  output: { dir: 'dist/widget', format: 'iife', entryFileNames: '[name].js', plugins: [minify] },
});

rmSync('dist/widget', { recursive: true, force: true });
rmSync('dist/web-client', { recursive: true, force: true });

export default [
  hostScript({ widget: 'widget/loader.ts' }, typesFor('widget/smoope-window.ts', 'smoope.d.ts')),
  hostScript({ 'smoope-chat': 'widget/smoope-chat.ts' }),
  hostScript({ 'smoope-contact': 'widget/smoope-contact.ts' }),
  modules('widget', { panel: 'widget/panel/main.ts' }, { 'panel.css': 'widget/panel/panel-page.css' }),
  modules('widget', { 'contact-form': 'widget/contact-form/contact-form.ts' }, {}),
  modules(
    'web-client',
    { main: 'web-client/main.ts' },
    {
      'page.css': 'web-client/styles/page.css',
      'demo-site.css': 'web-client/demo-site/demo-site.css',
      'contact.css': 'web-client/contact-form/contact.css',
    },
    separateLibrary('web-client/matrix/matrix-sdk.ts'),
  ),
  modules('web-client', { 'contact-proof': 'web-client/contact-form/contact-proof.ts' }, {}),
  {
    input: { 'service-worker': 'web-client/service-worker/service-worker.ts' },
    plugins: [shellFiles(), ...compile, publish('dist/web-client')],
    output: { dir: 'dist/web-client', format: 'iife', entryFileNames: '[name].js', plugins: [minify] },
  },
];
