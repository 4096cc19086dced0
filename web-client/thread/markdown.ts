import type { TextElement, TextNode, TextTag } from '../../appservice/conversations/conversation-wire.ts';

const element = (tag: TextTag, children: readonly TextNode[]): TextElement => ({ tag, children });

// One look for each mark, the longer ones first; none reaches over a line, and none begins or ends with a space.
const MARKS =
  /`(?<code>[^`\n]+)`|\[(?<label>[^\][\n]{1,500})\]\((?<href>(?:https?:\/\/|mailto:)[^\s()<>"]{1,2000})\)|\*\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*\*|(?<![\p{L}\p{N}*_])(?:\*(?<star>[^\s*](?:[^*\n]*[^\s*])?)\*|_(?<line>[^\s_](?:[^_\n]*[^\s_])?)_)(?![\p{L}\p{N}*_])|~~(?<gone>[^\s~](?:[^~\n]*[^\s~])?)~~/gu;

const ADDRESS = /https?:\/\/\S+/g;

/** Text within a line. What stands in code or in an address is taken as it is. */
function inline(text: string): TextNode[] {
  const nodes: TextNode[] = [];
  const addresses = [...text.matchAll(ADDRESS)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }));
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const isInAddress = addresses.some(({ from, to }) => match.index > from && match.index < to);
    if (isInAddress || match.groups === undefined) continue;
    const { code, label, href, bold, star, line, gone } = match.groups;
    if (match.index > end) nodes.push(text.slice(end, match.index));
    const em = star ?? line;
    if (code !== undefined) nodes.push(element('code', [code]));
    else if (label !== undefined && href !== undefined) nodes.push({ tag: 'a', href, children: inline(label) });
    else if (bold !== undefined) nodes.push(element('b', inline(bold)));
    else if (em !== undefined) nodes.push(element('i', inline(em)));
    else if (gone !== undefined) nodes.push(element('s', inline(gone)));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

const lines = (rows: readonly string[]): TextNode[] =>
  rows.flatMap((row, index) => (index === 0 ? inline(row) : [element('br', []), ...inline(row)]));

type Block = { readonly kind: 'quote' | 'ul' | 'ol' | 'p'; readonly rows: string[] };

const KINDS: readonly (readonly [Block['kind'], RegExp])[] = [
  ['quote', /^> ?/],
  ['ul', /^[-*] +(?=\S)/],
  ['ol', /^\d{1,9}[.)] +(?=\S)/],
];

function blockNode({ kind, rows }: Block): TextElement {
  if (kind === 'quote') return element('quote', lines(rows));
  if (kind === 'p') return element('p', lines(rows));
  return element(
    kind,
    rows.map((row) => element('li', inline(row))),
  );
}

function blocks(text: string): TextElement[] {
  const found: (Block | undefined)[] = [];
  for (const row of text.split('\n')) {
    const [kind = 'p', mark = /^/] = KINDS.find(([, pattern]) => pattern.test(row)) ?? [];
    const last = found.at(-1);
    const isBlank = row.trim() === '';
    if (isBlank) found.push(undefined);
    else if (last?.kind === kind) last.rows.push(row.replace(mark, ''));
    else found.push({ kind, rows: [row.replace(mark, '')] });
  }
  return found.filter((block) => block !== undefined).map(blockNode);
}

const isPlain = (nodes: readonly TextNode[]): boolean =>
  nodes.every((node) => typeof node === 'string' || (['p', 'br'].includes(node.tag) && isPlain(node.children)));

/**
 * Reads the few marks that people know from other messengers: **bold**, *italic*, ~~struck~~, `code`, ``` for blocks, "- " and "1. " for
 * lists, "> " for a quote, [words](address). Undefined where there is none: then the words are sent as they are.
 */
export function parseMarkdown(words: string): readonly TextNode[] | undefined {
  const nodes = words.split(/^```[^\n`]*\n([\s\S]*?)\n?```[ \t]*$/m).flatMap((part, index) => {
    if (index % 2 === 1) return [element('pre', [element('code', [part])])];
    return blocks(part);
  });
  if (isPlain(nodes)) return undefined;
  // A single line needs no paragraph around it.
  const [only] = nodes;
  return nodes.length === 1 && only?.tag === 'p' ? only.children : nodes;
}
