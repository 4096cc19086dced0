import { html, type TemplateResult } from 'lit';
import { linkify } from '../../appservice/conversations/formatted-text.ts';
import type { TextElement, TextNode, TextTag } from '../../appservice/conversations/conversation-wire.ts';

type Content = string | TemplateResult | readonly Content[];

/** Deeper than the parser lets anything be; a tree from elsewhere ends here. */
const DEEPEST = 40;
const SAFE = /^(?:https?:\/\/|mailto:|tel:|matrix:)/i;

/** One template for each element; headings of a message are no headings of the page. */
const TEMPLATES: Readonly<Record<Exclude<TextTag, 'a'>, (content: Content) => TemplateResult>> = {
  p: (content) => html`<p dir="auto">${content}</p>`,
  br: () => html`<br />`,
  b: (content) => html`<b>${content}</b>`,
  i: (content) => html`<i>${content}</i>`,
  u: (content) => html`<u>${content}</u>`,
  s: (content) => html`<s>${content}</s>`,
  code: (content) => html`<code>${content}</code>`,
  pre: (content) => html`<pre tabindex="0">${content}</pre>`,
  quote: (content) => html`<blockquote dir="auto">${content}</blockquote>`,
  ul: (content) =>
    html`<ul dir="auto">
      ${content}
    </ul>`,
  ol: (content) =>
    html`<ol dir="auto">
      ${content}
    </ol>`,
  li: (content) => html`<li>${content}</li>`,
  h1: (content) => html`<p class="heading" dir="auto">${content}</p>`,
  h2: (content) => html`<p class="heading" dir="auto">${content}</p>`,
  h3: (content) => html`<p class="heading" dir="auto">${content}</p>`,
  hr: () => html`<hr />`,
  table: (content) =>
    html`<div class="table" tabindex="0">
      <table>
        ${content}
      </table>
    </div>`,
  tr: (content) =>
    html`<tr>
      ${content}
    </tr>`,
  th: (content) => html`<th>${content}</th>`,
  td: (content) => html`<td>${content}</td>`,
  sub: (content) => html`<sub>${content}</sub>`,
  sup: (content) => html`<sup>${content}</sup>`,
};

/** A list or a table has no text of its own; browsers and screen readers would make something of it. */
const HOLDS: ReadonlyMap<string, readonly TextTag[]> = new Map([
  ['ul', ['li']],
  ['ol', ['li']],
  ['table', ['tr']],
  ['tr', ['th', 'td']],
]);

function renderLink(href: string, content: Content): Content {
  if (!SAFE.test(href)) return content;
  return html`<a class="external" href=${href} target="_blank" rel="noreferrer noopener">${content}</a>`;
}

/** Elements in which an address is no link of its own. */
const BARE: readonly TextTag[] = ['a', 'code', 'pre'];

// Clients send addresses in formatted text as they were written.
const linked = (text: string): readonly TextNode[] => (text.includes('://') ? linkify(text.replaceAll('\n', ' ')) : [text]);

function renderElement({ tag, href = '', children }: TextElement, depth: number): Content {
  const allowed = HOLDS.get(tag);
  const held = allowed === undefined ? children : children.filter((node) => typeof node !== 'string' && allowed.includes(node.tag));
  const nodes = BARE.includes(tag) ? held : held.flatMap((node) => (typeof node === 'string' ? linked(node) : [node]));
  const content = renderAsIs(nodes, depth + 1);
  if (tag === 'a') return renderLink(href, content);
  return Object.hasOwn(TEMPLATES, tag) ? TEMPLATES[tag](content) : content;
}

function renderAsIs(nodes: readonly TextNode[], depth: number): Content {
  if (depth > DEEPEST) return '';
  return nodes.map((node) => (typeof node === 'string' ? node : renderElement(node, depth)));
}

/** Formatted text from its nodes: only elements named here come to be, what else a node says is text or nothing. */
export const renderNodes = (nodes: readonly TextNode[]): Content =>
  renderAsIs(
    nodes.flatMap((node) => (typeof node === 'string' ? linked(node) : [node])),
    0,
  );

/** The text of nodes, for where there is one line for it. */
export const textOfNodes = (nodes: readonly TextNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : `${textOfNodes(node.children)}${LINES.includes(node.tag) ? ' ' : ''}`)).join('');

const LINES: readonly TextTag[] = ['p', 'br', 'li', 'quote', 'pre', 'h1', 'h2', 'h3', 'td', 'th', 'hr'];
