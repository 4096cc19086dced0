import { html, type TemplateResult } from 'lit';
import type { ContinuationRequest, ContinuationView } from '../../appservice/continuations/continuation-wire.ts';
import { continueInAccount, previewContinuation } from './joining-api.ts';
import { fill, JoiningView, nameOf } from './joining-view.ts';
import { keptLink } from './kept-link.ts';

const PAGE = '/account/continue';

/** What the fragment of the widget's address holds; no server sees it. */
function requestOf(secret: string): ContinuationRequest {
  const fragment = new URLSearchParams(secret);
  return { code: fragment.get('code') ?? '', company: fragment.get('company') ?? '' };
}

/** Takes the conversations of a visitor along into an account. */
export class ContinuePage extends JoiningView<ContinuationView> {
  protected override readonly page = PAGE;
  protected override readonly link = keptLink({ name: 'continue', page: PAGE, carried: () => location.hash.slice(1) || undefined });
  protected override readonly pageTitle = this.text.continueTitle;
  protected override readonly heading = this.text.continueTitle;
  protected override readonly over = this.text.continueOver;
  protected override readonly done = this.text.continueDone;
  protected override readonly signIn = this.text.continueSignIn;

  protected override look = (secret: string): Promise<ContinuationView> => previewContinuation(requestOf(secret));

  protected override async act(secret: string): Promise<void> {
    await continueInAccount(requestOf(secret));
  }

  protected override gaps(): Record<string, string> {
    const { company, conversations = 0 } = this.preview ?? {};
    return { company: company?.name ?? '', count: String(conversations) };
  }

  protected override renderReady({ conversations }: ContinuationView): TemplateResult {
    const { text, account } = this;
    const lead = conversations > 1 ? text.continueLeadMany : text.continueLead;
    return html`<p class="lead">${fill(lead, this.gaps())}</p>
      <p class="hint">${fill(text.continueEffects, this.gaps())}</p>
      ${this.renderButtons(account === undefined ? '' : fill(text.continueAs, { name: nameOf(account) }))}`;
  }
}

customElements.define('smoope-continue-page', ContinuePage);

/** The view of `/account/continue`. */
export const renderContinue = () => html`<smoope-continue-page></smoope-continue-page>`;
