import { html, type TemplateResult } from 'lit';
import { renderSwitch } from './inbox-side.ts';
import type { InboxTexts } from './inbox-texts-en.ts';
import { SHORTCUTS, type Shortcut } from './shortcuts.ts';

const NAMES: Readonly<Record<Shortcut, keyof InboxTexts>> = {
  next: 'keyNext',
  previous: 'keyPrevious',
  take: 'keyTake',
  close: 'keyClose',
  assign: 'keyAssign',
  note: 'keyNote',
  reply: 'keyReply',
  search: 'keySearch',
  help: 'keyHelp',
};

/** The keys of the inbox, in a dialog that the page opens. */
export function renderKeysHelp(words: InboxTexts, isOn: boolean, onSwitch: (isOn: boolean) => void): TemplateResult {
  const keys = SHORTCUTS.map(([key, shortcut]): readonly [string, string] => [key.toUpperCase(), words[NAMES[shortcut]]]);
  return html`<dialog class="keys-help" aria-labelledby="keys-title">
    <h2 id="keys-title">${words.keys}</h2>
    <dl>
      ${[...keys, ['/', words.keyCanned], ['Esc', words.keyLeave]].map(
        ([key, name]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${name}</dd>
          </div>`,
      )}
    </dl>
    ${renderSwitch(words.keysOn, isOn, onSwitch)}
    <form method="dialog"><button class="small strong">${words.dismiss}</button></form>
  </dialog>`;
}
