import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { ref } from 'lit/directives/ref.js';
import type { Inboxes, InboxWorkplace } from '../../appservice/team/agent-inbox-wire.ts';
import { listInboxes } from '../api/inbox.ts';
import { MatrixView } from '../conversations/matrix-view.ts';
import { goTo } from '../go-to.ts';
import type { Params } from '../router.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { alertAgent, askForNotices } from './inbox-alerts.ts';
import './inbox-conversation.ts';
import type { InboxConversationPane } from './inbox-conversation.ts';
import { InboxFeed } from './inbox-feed.ts';
import { filterFromSearch, FILTERS, inboxAddress, type InboxFilter } from './inbox-filter.ts';
import { findHabits, keepHabits, type InboxHabits } from './inbox-habits.ts';
import { renderInboxList } from './inbox-list.ts';
import './inbox-search.ts';
import { renderInboxSide } from './inbox-side.ts';
import { inboxTexts } from './inbox-texts.ts';
import { renderKeysHelp } from './keys-help.ts';
import { isField, shortcutOf, type Shortcut } from './shortcuts.ts';

const EMPTY = { waiting: 'emptyWaiting', mine: 'emptyMine', all: 'emptyAll', closed: 'emptyClosed' } as const;

/** The working place of an agent: views and filters, the list, the conversation with person and notes; on a phone one at a time. */
export class InboxPage extends MatrixView {
  static override properties: PropertyDeclarations = {
    ...MatrixView.properties,
    slug: {},
    number: {},
    search: {},
    companies: { state: true },
    habits: { state: true },
    isNoticeRefused: { state: true },
  };

  declare slug: string;
  declare number: number | undefined;
  /** Query of the address. */
  declare search: string;
  declare private companies: Inboxes['companies'];
  declare private habits: InboxHabits;
  declare private isNoticeRefused: boolean;
  private readonly words = inboxTexts(this.locale);
  private filter: InboxFilter = filterFromSearch('');
  private drawn = 0;
  /** Whether the last key went through the list. */
  private keepsListFocus = false;
  private endWatch: IntersectionObserver | undefined;
  private readonly feed = new InboxFeed(this, {
    wanted: () => ({ slug: this.slug, number: this.number, filter: this.filter }),
    onGone: () => {
      if (this.isConnected) goTo(inboxAddress(this.slug, this.filter), null, 'replace');
    },
    onNews: (words) => alertAgent(this.habits, words),
    words: this.words,
  });

  constructor() {
    super();
    this.companies = [];
    this.habits = findHabits();
    this.isNoticeRefused = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${this.words.title} · ${document.title.split(' · ').at(-1) ?? ''}`;
    document.addEventListener('keydown', this.handleKey);
    document.addEventListener('pointerdown', this.leaveList);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.handleKey);
    document.removeEventListener('pointerdown', this.leaveList);
  }

  protected override begin(opened: Opened): void {
    void this.feed.open(opened);
    void this.findCompanies(opened);
  }

  private async findCompanies({ matrix }: Opened): Promise<void> {
    const { companies } = await listInboxes(matrix.client).catch(() => ({ companies: [] }));
    this.companies = companies;
  }

  private get help(): HTMLDialogElement | null {
    return this.querySelector<HTMLDialogElement>('.keys-help');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('search')) this.filter = filterFromSearch(this.search);
    const { opened, feed } = this;
    if (feed.api === undefined || opened === undefined) return;
    if (changed.has('slug')) void feed.open(opened);
    else if (changed.has('search') || changed.has('number')) feed.turnTo({ isOtherView: changed.has('search') });
    feed.look();
  }

  protected override updated(): void {
    this.stayInList();
  }

  /** The conversation takes the focus to where one writes; whoever goes through the list by keys stays there. */
  private readonly stayInList = (): void => {
    const line = this.keepsListFocus ? this.querySelector<HTMLElement>('.lines [aria-current]') : null;
    if (line === null || line === document.activeElement) return;
    line.scrollIntoView({ block: 'nearest' });
    line.focus({ preventScroll: true });
  };

  private readonly leaveList = (): void => {
    this.keepsListFocus = false;
  };

  private readonly handleFilter = (filter: InboxFilter): void => goTo(inboxAddress(this.slug, filter, this.number));

  private change(habits: Partial<InboxHabits>): void {
    this.habits = { ...this.habits, ...habits };
    keepHabits(this.habits);
  }

  private readonly handleHabit = async (habit: 'sound' | 'notices', value: boolean): Promise<void> => {
    this.isNoticeRefused = habit === 'notices' && value && !(await askForNotices());
    if (!this.isNoticeRefused) this.change({ [habit]: value });
    if (habit === 'sound' && value) alertAgent({ ...this.habits, notices: false }, '');
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    this.leaveList();
    if (event.defaultPrevented || this.help?.open === true) return;
    if (isField(target)) {
      if (event.key === 'Escape') this.leaveField(target as HTMLElement);
      return;
    }
    const shortcut = shortcutOf(event);
    if (shortcut === undefined || (!this.habits.keys && shortcut !== 'help')) return;
    event.preventDefault();
    this.press(shortcut);
  };

  private leaveField(field: HTMLElement): void {
    field.blur();
    this.querySelector<HTMLElement>('.lines [aria-current]')?.focus();
  }

  private press(shortcut: Shortcut): void {
    if (shortcut === 'help') this.help?.showModal();
    else if (shortcut === 'search') this.querySelector<HTMLElement>('smoope-inbox-search input')?.focus();
    else if (shortcut === 'next' || shortcut === 'previous') this.goBy(shortcut === 'next' ? 1 : -1);
    else void this.querySelector<InboxConversationPane>('smoope-inbox-conversation')?.press(shortcut);
  }

  private goBy(by: 1 | -1): void {
    const numbers = (this.feed.page?.conversations ?? []).map(({ number }) => number);
    const at = this.number === undefined ? -1 : numbers.indexOf(this.number);
    const next = numbers[at === -1 ? 0 : at + by];
    if (next === undefined) return;
    this.keepsListFocus = true;
    // At once, not when the router has drawn: the next key may come sooner.
    this.number = next;
    goTo(inboxAddress(this.slug, this.filter, next));
  }

  /** Asks for the next page when the end of the list comes near. */
  private readonly watchEnd = (end?: Element): void => {
    this.endWatch?.disconnect();
    if (end === undefined) return;
    const hear: IntersectionObserverCallback = (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.feed.loadMore();
    };
    this.endWatch = new IntersectionObserver(hear, { rootMargin: '800px' });
    this.endWatch.observe(end);
  };

  private renderList(opened: Opened, workplace: InboxWorkplace): TemplateResult {
    const { words, locale, filter, feed, number } = this;
    const { page } = feed;
    if (page === undefined) return html`<p class="pending" role="status">${words.loading}</p>`;
    const { conversations, next } = page;
    const isFiltered = FILTERS.some((name) => filter.only[name] !== undefined);
    const settings = { words, locale, opened, workplace, filter, chosen: number };
    const minute = Math.floor(Date.now() / 60_000);
    return html`<ul class="lines" aria-label=${words.list}>
        ${guard([page, number, workplace, feed.mark, minute], () => renderInboxList(conversations, settings))}
        ${next === null ? nothing : html`<li class="end" ${ref(this.watchEnd)}>${words.more}</li>`}
      </ul>
      ${conversations.length === 0 ? html`<p class="empty">${words[isFiltered ? 'emptyFiltered' : EMPTY[filter.view]]}</p>` : nothing}`;
  }

  private renderTalk(opened: Opened, workplace: InboxWorkplace): TemplateResult {
    const { words, number, filter, feed } = this;
    if (number === undefined)
      return html`<div class="choose">
        <p>${words.choose}</p>
        <p class="hint">${words.chooseHint}</p>
      </div>`;
    if (feed.details === undefined) return html`<p class="pending" role="status">${words.opening}</p>`;
    this.drawn += 1;
    return html`<smoope-inbox-conversation
      .opened=${opened}
      .api=${feed.api}
      .workplace=${workplace}
      .details=${feed.details}
      .filter=${filter}
      .mark=${feed.teamMark}
      .version=${this.drawn}
      @inbox-changed=${() => void feed.refresh()}
    ></smoope-inbox-conversation>`;
  }

  private renderFault(opened: Opened, fault: 'gone' | 'failed'): TemplateResult {
    const { words, feed } = this;
    const again = html`<button class="button" type="button" @click=${() => void feed.open(opened)}>${words.tryAgain}</button>`;
    return html`<section class="notice-page">
      <h1>${words[fault]}</h1>
      ${fault === 'gone' ? html`<p><a href="/inbox">${words.inboxes}</a></p>` : again}
    </section>`;
  }

  protected override renderOpened(opened: Opened): TemplateResult {
    const { words, feed, filter, companies, habits, isNoticeRefused, slug } = this;
    const { workplace, fault } = feed;
    if (fault !== undefined) return this.renderFault(opened, fault);
    if (workplace === undefined) return html`<p class="pending" role="status">${words.loading}</p>`;
    const others = companies.filter((company) => company.slug !== slug);
    return html`<div class=${this.number === undefined ? 'inbox' : 'inbox chosen'}>
      <div class="inbox-side">
        ${renderInboxSide({
          words,
          workplace,
          filter,
          counts: feed.page?.counts,
          companies: others.map(({ counts, ...company }) => ({ ...company, waiting: counts.waiting })),
          habits,
          isNoticeRefused,
          onFilter: this.handleFilter,
          onAway: (away) => void feed.setAway(away),
          onHabit: (habit, value) => void this.handleHabit(habit, value),
          onHelp: () => this.help?.showModal(),
        })}
      </div>
      <div class="inbox-list">
        <smoope-inbox-search .api=${feed.api} .slug=${slug} .filter=${filter}></smoope-inbox-search>
        ${opened.matrix.isConnected() ? nothing : html`<p class="offline" role="status">${words.offline}</p>`}
        ${this.renderList(opened, workplace)}
      </div>
      <div class="inbox-talk" @focusin=${this.stayInList}>${this.renderTalk(opened, workplace)}</div>
      ${renderKeysHelp(words, habits.keys, (keys) => this.change({ keys }))}
    </div>`;
  }
}
customElements.define('smoope-inbox-page', InboxPage);

/** The view of an inbox, and of a conversation in it; what is shown stands in the query. */
export const renderInbox = ({ slug = '', number }: Params) =>
  html`<smoope-inbox-page
    .slug=${slug}
    .number=${number === undefined ? undefined : Number(number)}
    .search=${location.search}
  ></smoope-inbox-page>`;
