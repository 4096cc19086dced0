import type { TextNode, TextTag } from '../../appservice/conversations/conversation-wire.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

/** Names of elements in `org.matrix.custom.html` where they are others than ours. */
const NAMES: Partial<Readonly<Record<TextTag, string>>> = { b: 'strong', i: 'em', s: 'del', quote: 'blockquote' };

/** Nodes as the HTML that Matrix clients exchange; it is sent and never given to a browser. */
export function nodeHtml(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escaped(node);
      const name = NAMES[node.tag] ?? node.tag;
      if (name === 'br' || name === 'hr') return `<${name}>`;
      const href = node.href === undefined ? '' : ` href="${escaped(node.href)}"`;
      return `<${name}${href}>${nodeHtml(node.children)}</${name}>`;
    })
    .join('');
}
