import { html, type TemplateResult } from 'lit';
import { isEmojiOnly } from './emoji-only.ts';
import type { MessageItem } from './message-item.ts';
import { renderNodes } from './text-template.ts';

/** From here on a message is shown in part, until the reader asks for the rest. */
const LONG = 1_200;
const LONG_LINES = 16;

/** Whether a message is so long that it would push away what stands around it. */
export const isLong = ({ words }: Pick<MessageItem, 'words'>): boolean => words.length > LONG || words.split('\n').length > LONG_LINES;

/** What a message says. */
export function renderBody(item: MessageItem, name: string): TemplateResult {
  const actor = item.manner === 'emote' ? html`<b class="actor">${name}</b> ` : '';
  const classes = isEmojiOnly(item.words) && item.manner === 'said' ? 'words emoji' : 'words';
  return html`<div class=${classes} dir="auto">${actor}${renderNodes(item.nodes)}</div>`;
}
