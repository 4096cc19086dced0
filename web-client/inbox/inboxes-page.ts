import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Inboxes } from '../../appservice/team/agent-inbox-wire.ts';
import { listInboxes } from '../api/inbox.ts';
import { MatrixView } from '../conversations/matrix-view.ts';
import { fill } from '../fill.ts';
import { goTo } from '../go-to.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { inboxTexts } from './inbox-texts.ts';

/** The companies for which somebody works; who works for one goes there. */
export class InboxesPage extends MatrixView {
  static override properties: PropertyDeclarations = { ...MatrixView.properties, companies: { state: true }, hasFailed: { state: true } };

  declare private companies: Inboxes['companies'] | undefined;
  declare private hasFailed: boolean;
  private readonly words = inboxTexts(this.locale);

  constructor() {
    super();
    this.hasFailed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${this.words.title} · ${document.title.split(' · ').at(-1) ?? ''}`;
  }

  protected override begin(opened: Opened): void {
    void this.load(opened);
  }

  private async load({ matrix }: Opened): Promise<void> {
    this.hasFailed = false;
    try {
      const { companies } = await listInboxes(matrix.client);
      const [only, ...more] = companies;
      if (only !== undefined && more.length === 0 && this.isConnected) goTo(`/inbox/${only.slug}`, null, 'replace');
      else this.companies = companies;
    } catch {
      this.hasFailed = true;
    }
  }

  protected override renderOpened(opened: Opened): TemplateResult {
    const { words, companies, hasFailed } = this;
    if (hasFailed)
      return html`<section class="notice-page">
        <h1>${words.failed}</h1>
        <button class="button" type="button" @click=${() => void this.load(opened)}>${words.tryAgain}</button>
      </section>`;
    if (companies === undefined) return html`<p class="pending" role="status">${words.loading}</p>`;
    if (companies.length === 0)
      return html`<section class="notice-page">
        <h1>${words.noInboxes}</h1>
        <p class="lead">${words.noInboxesLead}</p>
        <p><a href="/conversations">${words.ownConversations}</a></p>
      </section>`;
    return html`<section class="notice-page">
      <h1>${words.inboxes}</h1>
      <ul class="inboxes">
        ${companies.map(
          ({ slug, name, counts }) =>
            html`<li>
              <a href="/inbox/${slug}"
                >${name}
                ${counts.waiting > 0 ? html`<span class="count due">${fill(words.waitingCount, { count: counts.waiting })}</span>` : nothing}</a
              >
            </li>`,
        )}
      </ul>
    </section>`;
  }
}
customElements.define('smoope-inboxes-page', InboxesPage);

/** The view of `/inbox`. */
export const renderInboxes = () => html`<smoope-inboxes-page></smoope-inboxes-page>`;
