import { html, type TemplateResult } from 'lit';
import type { TextElement, TextNode } from '../../appservice/conversations/conversation-wire.ts';
import { externalIcon } from './icons.ts';

const DEEPEST = 40;
const SAFE_LINK = /^(?:https?|mailto|tel|matrix):/i;
const ADDRESS = /\bhttps?:\/\/[^\s<>"]*[^\s<>"'.,;:!?()[\]]/gi;

type Content = string | TemplateResult | readonly Content[];

function renderLink(href: string, content: Content, newWindow: string): Content {
  if (!SAFE_LINK.test(href)) return content;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer external nofollow"
    >${content}<span class="out">${externalIcon}<span class="hidden"> (${newWindow})</span></span></a
  >`;
}

function renderElement({ tag, href }: TextElement, content: Content, newWindow: string): Content {
  switch (tag) {
    case 'a':
      return renderLink(href ?? '', content, newWindow);
    case 'p':
      return html`<p>${content}</p>`;
    case 'br':
      return html`<br />`;
    case 'b':
      return html`<b>${content}</b>`;
    case 'i':
      return html`<i>${content}</i>`;
    case 'u':
      return html`<u>${content}</u>`;
    case 's':
      return html`<s>${content}</s>`;
    case 'code':
      return html`<code>${content}</code>`;
    case 'pre':
      return html`<pre tabindex="0">${content}</pre>`;
    case 'quote':
      return html`<blockquote>${content}</blockquote>`;
    case 'ul':
      return html`<ul>
        ${content}
      </ul>`;
    case 'ol':
      return html`<ol>
        ${content}
      </ol>`;
    case 'li':
      return html`<li>${content}</li>`;
    // Headings of a message are no headings of the page.
    case 'h1':
    case 'h2':
    case 'h3':
      return html`<p class="heading">${content}</p>`;
    case 'hr':
      return html`<hr />`;
    case 'sub':
      return html`<sub>${content}</sub>`;
    case 'sup':
      return html`<sup>${content}</sup>`;
    case 'table':
      return html`<table>
        ${content}
      </table>`;
    case 'tr':
      return html`<tr>
        ${content}
      </tr>`;
    case 'th':
      return html`<th>${content}</th>`;
    case 'td':
      return html`<td>${content}</td>`;
    default:
      return content;
  }
}

/** Formatted text from its nodes. Only elements named here come to be; what else a node says is text or nothing. */
export function renderTextNodes(nodes: readonly TextNode[], newWindow: string, depth = 0): Content {
  if (depth > DEEPEST) return '';
  return nodes.map((node) =>
    typeof node === 'string' ? node : renderElement(node, renderTextNodes(node.children, newWindow, depth + 1), newWindow),
  );
}

/** Plain text, its web addresses as links. */
export function renderPlainText(text: string, newWindow: string): Content {
  const parts: Content[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    parts.push(text.slice(end, match.index), renderLink(match[0], match[0], newWindow));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}
