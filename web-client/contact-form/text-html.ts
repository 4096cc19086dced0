import type { TextNode, TextTag } from '../../appservice/conversations/conversation-wire.ts';
import { html, type Html } from '../html.ts';

const plain =
  (name: string) =>
  (children: Html): Html => ({ html: `<${name}>${children.html}</${name}>` });
const empty = (name: string) => (): Html => ({ html: `<${name}>` });

/** Headings of a message are no headings of the page. */
const strongLine = (children: Html): Html => html`<p><strong>${children}</strong></p>`;

const ELEMENTS: Readonly<Record<Exclude<TextTag, 'a'>, (children: Html) => Html>> = {
  p: plain('p'),
  br: empty('br'),
  b: plain('b'),
  i: plain('i'),
  u: plain('u'),
  s: plain('s'),
  code: plain('code'),
  pre: plain('pre'),
  quote: plain('blockquote'),
  ul: plain('ul'),
  ol: plain('ol'),
  li: plain('li'),
  h1: strongLine,
  h2: strongLine,
  h3: strongLine,
  hr: empty('hr'),
  table: plain('table'),
  tr: plain('tr'),
  th: plain('th'),
  td: plain('td'),
  sub: plain('sub'),
  sup: plain('sup'),
};

/** Nodes of formatted text as HTML; text is escaped, elements are those of the list, links lead away without a trace. */
export function textHtml(nodes: readonly TextNode[]): Html {
  return html`${nodes.map((node): Html => {
    if (typeof node === 'string') return html`${node}`;
    const children = textHtml(node.children);
    if (node.start !== undefined) return { html: `<ol start="${node.start}">${children.html}</ol>` };
    if (node.tag !== 'a') return ELEMENTS[node.tag](children);
    if (node.href === undefined) return children;
    return html`<a href="${node.href}" target="_blank" rel="noopener noreferrer nofollow external">${children}</a>`;
  })}`;
}
