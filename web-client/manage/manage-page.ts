import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import type { ManagedCompany } from '../../appservice/companies/manage-wire.ts';
import { MatrixView } from '../conversations/matrix-view.ts';
import { conversationTexts } from '../conversations/conversation-texts.ts';
import { fill } from '../fill.ts';
import { goTo } from '../go-to.ts';
import type { Params } from '../router.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { createManageData, listCompanies, type ManageData } from './manage-data.ts';
import { manageTexts } from './manage-texts.ts';
import type { ManageTexts } from './manage-texts-en.ts';
import { SECTIONS } from './sections.ts';

const MISSING: Readonly<Record<ManagedCompany['missing'][number], { text: keyof ManageTexts; section: string | undefined }>> = {
  imprint: { text: 'missingImprint', section: 'legal' },
  privacyContact: { text: 'missingPrivacyContact', section: 'legal' },
  processingAgreement: { text: 'missingAgreement', section: 'legal' },
  rooms: { text: 'missingRooms', section: undefined },
};

/** The administration of a company: its parts at the side, one of them open; on a narrow screen one of the two. */
export class ManagePage extends MatrixView {
  static override properties: PropertyDeclarations = {
    ...MatrixView.properties,
    slug: {},
    section: {},
    found: { state: true },
    company: { state: true },
    ready: { state: true },
  };

  declare slug: string;
  declare section: string;
  /** Companies of which the person is an admin; undefined until known. */
  declare private found: readonly { slug: string; name: string }[] | undefined;
  declare private company: ManagedCompany | 'missing' | undefined;
  /** Section whose module is there. */
  declare private ready: string;
  private data: ManageData | undefined;
  private readonly words = manageTexts(this.locale);
  protected override readonly text = {
    ...conversationTexts(this.locale),
    title: this.words.title,
    signInTitle: this.words.signInTitle,
    signInLead: this.words.signInLead,
    signIn: this.words.signIn,
    loading: this.words.loading,
    failed: this.words.loadFailed,
  };

  constructor() {
    super();
    this.found = undefined;
    this.company = undefined;
    this.ready = '';
  }

  protected override begin(opened: Opened): void {
    void this.find(opened);
  }

  private async find({ matrix: { client } }: Opened): Promise<void> {
    try {
      const companies = (await listCompanies(client)).filter(({ role }) => role === 'admin');
      this.found = companies;
      const [only, another] = companies;
      if (this.slug === '' && only !== undefined && another === undefined) {
        if (this.isConnected) goTo(`/manage/${only.slug}`, null, 'replace');
        return;
      }
      if (this.slug === '') return;
      // Whoever is no admin of it reads the same as for a company that is not there.
      if (!companies.some(({ slug }) => slug === this.slug)) {
        this.company = 'missing';
        return;
      }
      this.data = createManageData(client, this.slug);
      this.company = await this.data.company();
    } catch {
      this.step = 'failed';
    }
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('section')) {
      const wanted = SECTIONS.find(({ key }) => key === this.section);
      if (wanted !== undefined) void wanted.load().then(() => (this.ready = wanted.key));
    }
    // The router keeps the element where only the part is another.
    if (changed.has('slug') && changed.get('slug') !== undefined && this.opened !== undefined) {
      this.company = undefined;
      void this.find(this.opened);
    }
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('section')) this.querySelector('.content')?.scrollTo(0, 0);
  }

  private renderChoice(found: readonly { slug: string; name: string }[]): TemplateResult {
    const { words } = this;
    return html`<section class="notice-page">
      <h1>${words.chooseTitle}</h1>
      ${
        found.length === 0
          ? html`<p class="lead">${words.noneLead}</p>`
          : html`<ul class="companies-to-manage">
              ${found.map(({ slug, name }) => html`<li><a href="/manage/${slug}">${name}</a></li>`)}
            </ul>`
      }
    </section>`;
  }

  private renderOverview(company: ManagedCompany): TemplateResult {
    const { words } = this;
    const lead = { live: words.statusLive, draft: words.statusDraft, suspended: words.statusSuspended, closed: words.statusClosed };
    return html`<h1>${company.name}</h1>
      <p class="lead">${lead[company.status]}</p>
      ${
        company.missing.length === 0
          ? nothing
          : html`<ul class="missing">
              ${company.missing.map((each) => {
                const { text, section } = MISSING[each];
                return html`<li>
                  ${section === undefined ? words[text] : html`<a href="/manage/${company.slug}/${section}">${words[text]}</a>`}
                </li>`;
              })}
            </ul>`
      }
      <p class="hint overview-hint">${words.overviewHint}</p>`;
  }

  private renderSection(company: ManagedCompany, data: ManageData, userId: string): TemplateResult {
    const { words, section } = this;
    const wanted = SECTIONS.find(({ key }) => key === section);
    if (wanted === undefined) return html`<h1>${words.noSection}</h1>`;
    if (this.ready !== section) return html`<p class="hint" role="status">${words.loading}</p>`;
    const managed = { company, data, userId, take: (changed: ManagedCompany) => (this.company = changed) };
    const tag = unsafeStatic(`smoope-manage-${wanted.key}`);
    return staticHtml`<${tag} .managed=${managed}></${tag}>`;
  }

  protected override renderOpened({ session }: Opened): TemplateResult {
    const { words, found, company, section, data } = this;
    if (found === undefined) return html`<p class="pending" role="status">${words.loading}</p>`;
    if (this.slug === '') return this.renderChoice(found);
    if (company === 'missing')
      return html`<section class="notice-page">
        <h1>${words.goneTitle}</h1>
        <p class="lead">${words.goneLead}</p>
        <p><a href="/manage">${words.toCompanies}</a></p>
      </section>`;
    if (company === undefined || data === undefined) return html`<p class="pending" role="status">${words.loading}</p>`;
    const label = SECTIONS.find(({ key }) => key === section)?.label;
    return html`<div class=${section === '' ? 'manage' : 'manage chosen'}>
      <nav aria-label=${fill(words.navLabel, { company: company.name })}>
        <p class="title"><a href="/manage/${company.slug}" aria-current=${section === '' ? 'page' : nothing}>${company.name}</a></p>
        <ul>
          ${SECTIONS.map(
            ({ key, label: name }) =>
              html`<li>
                <a href="/manage/${company.slug}/${key}" aria-current=${key === section ? 'page' : nothing}>${words[name]}</a>
              </li>`,
          )}
        </ul>
        ${found.length > 1 ? html`<p class="others"><a href="/manage">${words.toCompanies}</a></p>` : nothing}
      </nav>
      <div class="content" role="region" tabindex="0" aria-label=${label === undefined ? words.title : words[label]}>
        <a class="to-parts" href="/manage/${company.slug}">${words.back}</a>
        ${section === '' ? this.renderOverview(company) : this.renderSection(company, data, session.userId)}
      </div>
    </div>`;
  }
}
customElements.define('smoope-manage-page', ManagePage);

/** The view of the companies of an admin, of one of them, and of each of its parts. */
export const renderManage = ({ slug = '', section = '' }: Params): TemplateResult =>
  html`<smoope-manage-page .slug=${slug} .section=${section}></smoope-manage-page>`;
