import { html, render, type TemplateResult } from 'lit';
import type { TextElement, TextNode } from '../../appservice/conversations/conversation-wire.ts';
import { externalIcon } from './icons.ts';

const DEEPEST = 40;
const SAFE_LINK = /^(?:https?|mailto|tel|matrix):/i;
const ADDRESS = /\bhttps?:\/\/[^\s<>"]*[^\s<>"'.,;:!?()[\]]/gi;
/** Elements that are made under their own name; headings of a message are no headings of the page. */
const SAME = /^(p|br|[bius]|code|pre|[ou]l|li|hr|su[bp]|table|t[rhd])$/;
const HEADING = /^h\d$/;

type Content = string | TemplateResult | Element | readonly Content[];

/** Elements that were made: the same node is not made anew with every drawing. */
const made = new WeakMap<TextElement, Element>();

function renderLink(href: string, content: Content, newWindow: string): Content {
  if (!SAFE_LINK.test(href)) return content;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer external nofollow"
    >${content}<span class="out">${externalIcon}<span class="hidden"> (${newWindow})</span></span></a
  >`;
}

function renderElement(node: TextElement, newWindow: string, depth: number): Content {
  const { tag, href = '', start, children } = node;
  const content = renderTextNodes(children, newWindow, depth + 1);
  if (tag === 'a') return renderLink(href, content, newWindow);
  const isHeading = HEADING.test(tag);
  const name = isHeading ? 'p' : tag === 'quote' ? 'blockquote' : tag;
  if (name === tag && !SAME.test(tag)) return content;
  const element = made.get(node) ?? document.createElement(name);
  made.set(node, element);
  if (tag === 'pre') element.setAttribute('tabindex', '0');
  if (start !== undefined) element.setAttribute('start', `${start}`);
  if (isHeading) element.className = 'heading';
  if (children.length > 0) render(content, element as HTMLElement);
  return element;
}

/** Formatted text from its nodes. Only elements named here come to be; what else a node says is text or nothing. */
export function renderTextNodes(nodes: readonly TextNode[], newWindow: string, depth = 0): Content {
  if (depth > DEEPEST) return '';
  return nodes.map((node) => (typeof node === 'string' ? node : renderElement(node, newWindow, depth)));
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
