import { readFileSync } from 'node:fs';
import type { Journey } from './journey.ts';

const text = readFileSync('docs/widget.md', 'utf8');

/** The first example below a heading or a bold word, for the stack and company of the test. */
export function example(after: string, language: string, { stack, company }: Journey): string {
  const start = text.indexOf(after);
  const code = start < 0 ? undefined : new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(text.slice(start))?.[1];
  if (code === undefined) throw new Error(`the docs have no ${language} example after ${after}`);
  return code
    .replaceAll('https://chat.example.de', stack.appUrl)
    .replaceAll("'acme'", `'${company.slug}'`)
    .replaceAll('"acme"', `"${company.slug}"`);
}

/** A page of the company's website with the example in it. */
export const pageOf = (body: string, head = ''): string =>
  `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Acme</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
