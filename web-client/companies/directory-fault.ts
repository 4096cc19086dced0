import { html, type TemplateResult } from 'lit';
import type { DirectoryFault } from './companies-data.ts';
import type { CompaniesTexts } from './companies-texts-en.ts';

const WORDS = { offline: 'faultOffline', limit: 'faultLimit', gone: 'faultOther', other: 'faultOther' } as const satisfies Record<
  DirectoryFault,
  keyof CompaniesTexts
>;

/** What happened, what was kept, and the way to try it again. */
export const renderFault = (fault: DirectoryFault, text: CompaniesTexts, tryAgain: () => void): TemplateResult =>
  html`<div class="fault" role="alert">
    <p>${text[WORDS[fault]]}</p>
    <button type="button" class="button second" @click=${tryAgain}>${text.again}</button>
  </div>`;
