import { html, type TemplateResult } from 'lit';

// Ends before what closes a sentence: a full stop after an address belongs to the sentence.
const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/g;

/** Words with their links: what leads elsewhere is marked, and takes neither referrer nor opener along. */
export function wordsWithLinks(words: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let from = 0;
  for (const { 0: address, index } of words.matchAll(ADDRESS)) {
    if (!URL.canParse(address)) continue;
    parts.push(words.slice(from, index));
    parts.push(html`<a class="external" href=${address} target="_blank" rel="noreferrer noopener">${address}</a>`);
    from = index + address.length;
  }
  return [...parts, words.slice(from)];
}
