import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { AuthKind } from './auth.ts';
import type { Route, RouteDeclaration } from './route.ts';
import { schemaRows } from './schema-rows.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const WHO: Record<AuthKind, string> = {
  none: 'For anyone.',
  page: 'For anyone, from a page of this service.',
  account: 'For somebody signed in, with the cookie of the browser.',
  api: 'For somebody in a Matrix client, with the token of a session of this API.',
  visitor: 'For a visitor, with the token of the session.',
  operator: "For the operator, with the operator's token.",
  homeserver: 'For the homeserver.',
};

function table(title: string, schema: z.ZodType | undefined, io: 'input' | 'output'): string {
  const rows = schema === undefined ? [] : schemaRows(schema, io);
  if (rows.length === 0) return '';
  const lines = rows.map(
    ({ name, type, required, description }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(type)}${required ? '' : ', optional'}</td><td>${escape(description)}</td></tr>`,
  );
  const head = '<tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Meaning</th></tr>';
  return `<h3>${escape(title)}</h3><div class="wide" tabindex="0" role="region" aria-label="${escape(title)}"><table><thead>${head}</thead><tbody>${lines.join('')}</tbody></table></div>`;
}

const anchorOf = ({ method, path }: RouteDeclaration): string => escape(`${method}${path.replaceAll(/\W+/g, '-')}`);

const nameOf = ({ method, path }: RouteDeclaration): string => `<span class="method">${method}</span> ${escape(path)}`;

function section(declaration: RouteDeclaration): string {
  const { summary, auth, params, query, body, fileBody, responses } = declaration;
  const anchor = anchorOf(declaration);
  const answers = Object.entries(responses).map(
    ([status, { description, schema }]) =>
      `<h3>Answer ${status}</h3><p>${escape(description)}</p>${table(`Fields of answer ${status}`, schema, 'output')}`,
  );
  const file = fileBody === undefined ? '' : `<h3>Body</h3><p>${escape(fileBody)}</p>`;
  return `<section aria-labelledby="${anchor}"><h2 id="${anchor}">${nameOf(declaration)}</h2>
<p>${escape(summary)} <span class="quiet">${WHO[auth]}</span></p>
${table('Path', params, 'input')}${table('Query', query, 'input')}${table('Body', body, 'input')}${file}${answers.join('')}</section>`;
}

/** The API reference as a page that needs no script: an index, then each route with its fields. Also its style sheet. */
export function renderReference(routes: readonly Route[], title: string): { html: string; css: string } {
  const shown = routes.map(({ declaration }) => declaration).filter(({ hidden }) => !hidden);
  const index = shown.map((declaration) => `<li><a href="#${anchorOf(declaration)}">${nameOf(declaration)}</a></li>`);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="/api/v1/reference.css">
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<p>Requests and answers are JSON. An error is <code>{"errcode", "error"}</code>, with <code>field</code> where the input was bad.
The same as a document for programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
<nav aria-label="Routes"><ul>${index.join('')}</ul></nav>
${shown.map(section).join('\n')}
</main>
</body>
</html>
`;
  return { html, css: readFileSync(new URL('reference.css', import.meta.url), 'utf8') };
}
