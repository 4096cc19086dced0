import { html, type TemplateResult } from 'lit';
import { isEmojiOnly } from './emoji-only.ts';
import { isFile, type MessageItem } from './message-item.ts';
import { renderNodes } from './text-template.ts';

/** From here on a message is shown in part, until the reader asks for the rest. */
const LONG = 1_200;
const LONG_LINES = 16;

/** Whether a message is so long that it would push away what stands around it. */
export const isLong = ({ words }: Pick<MessageItem, 'words'>): boolean => words.length > LONG || words.split('\n').length > LONG_LINES;

/** A file in a conversation; what it is called is all that is known here of it. */
const renderFile = ({ words }: MessageItem): TemplateResult => html`<span class="words">${words}</span>`;

/** What a message says. */
export function renderBody(item: MessageItem, name: string): TemplateResult {
  if (isFile(item)) return renderFile(item);
  const actor = item.manner === 'emote' ? html`<b class="actor">${name}</b> ` : '';
  const classes = isEmojiOnly(item.words) && item.manner === 'said' ? 'words emoji' : 'words';
  return html`<div class=${classes} dir="auto">${actor}${renderNodes(item.nodes)}</div>`;
}
