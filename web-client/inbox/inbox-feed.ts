import type { ReactiveControllerHost } from 'lit';
import type { InboxConversationDetails, InboxPage, InboxWorkplace } from '../../appservice/team/agent-inbox-wire.ts';
import { ApiFault } from '../api/api-session.ts';
import { createInboxApi, type InboxApi } from '../api/inbox.ts';
import { fill } from '../fill.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { queryOf, type InboxFilter } from './inbox-filter.ts';
import { liveMark } from './inbox-live.ts';
import type { InboxTexts } from './inbox-texts-en.ts';

/** What of which inbox is wanted now, as the address says it. */
export type Wanted = { readonly slug: string; readonly number: number | undefined; readonly filter: InboxFilter };

type Parts = {
  readonly wanted: () => Wanted;
  /** The conversation of the address is none that the agent may see. */
  readonly onGone: () => void;
  /** Something new waits or was written; the words hold nothing of it. */
  readonly onNews: (words: string) => void;
  readonly words: InboxTexts;
};

/** Conversations that come at once, and most that are kept up to date. */
const PAGE = 100;
const KEPT = 500;
/** What happens in rooms where the agent is not shows after this time at the latest. */
const REFRESH_MS = 60_000;
/** Changes come in swarms: one answer shows them all. */
const SETTLE_MS = 120;

const isMissing = (error: unknown): boolean => error instanceof ApiFault && /^M_(NOT_FOUND|INVALID_PARAM)$/.test(error.code);

/** Keeps what an inbox shows up to date: asked of our API, and anew when Matrix shows that something happened. */
export class InboxFeed {
  api: InboxApi | undefined;
  workplace: InboxWorkplace | undefined;
  page: InboxPage | undefined;
  details: InboxConversationDetails | undefined;
  fault: 'gone' | 'failed' | undefined;
  /** Changes with everything that may change a line of the list. */
  mark = '';
  /** Changes when something happened in a room of the team. */
  teamMark = '';
  private readonly host: ReactiveControllerHost;
  private readonly parts: Parts;
  private opened: Opened | undefined;
  private turn = 0;
  private settling = 0;
  private refreshing = 0;
  /** When something last happened in each conversation, by number; who waits, under 0. */
  private readonly seen = new Map<number, number>();

  constructor(host: ReactiveControllerHost, parts: Parts) {
    this.host = host;
    this.parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.handleVisible);
    this.refreshing = window.setInterval(this.handleVisible, REFRESH_MS);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.handleVisible);
    window.clearInterval(this.refreshing);
    window.clearTimeout(this.settling);
  }

  private readonly handleVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    void this.refresh();
    void this.describe();
  };

  /** Asks anew who works here and with what; what cannot be asked stays as it was. */
  private async describe(): Promise<void> {
    const { api } = this;
    const workplace = await api?.describe().catch(() => undefined);
    if (workplace === undefined || this.api !== api) return;
    this.workplace = workplace;
    this.host.requestUpdate();
  }

  /** Opens the inbox of a company. */
  async open(opened: Opened): Promise<void> {
    Object.assign(this, { opened, fault: undefined, page: undefined, details: undefined });
    this.seen.clear();
    const api = createInboxApi(opened.matrix.client, this.parts.wanted().slug);
    this.api = api;
    try {
      const [workplace] = await Promise.all([api.describe(), this.refresh()]);
      if (this.api === api) this.workplace = workplace;
    } catch (error) {
      this.fault = isMissing(error) ? 'gone' : 'failed';
    }
    this.host.requestUpdate();
  }

  /** Something else of the inbox is wanted; what was shown of the former view is no answer to it. */
  turnTo({ isOtherView }: { readonly isOtherView: boolean }): void {
    if (isOtherView) this.page = undefined;
    if (this.details?.number !== this.parts.wanted().number) this.details = undefined;
    void this.refresh();
  }

  /** Looks at what Matrix brought. */
  look(): void {
    const { opened, workplace, page } = this;
    if (opened === undefined || workplace === undefined) return;
    this.teamMark = liveMark(opened.matrix, workplace.teamRooms, []);
    const mark = liveMark(opened.matrix, workplace.teamRooms, page?.conversations ?? []);
    if (mark !== this.mark && this.mark !== '') {
      window.clearTimeout(this.settling);
      this.settling = window.setTimeout(() => void this.refresh(), SETTLE_MS);
    }
    this.mark = mark;
  }

  /** Asks anew for what is shown; the last answer counts. */
  async refresh(): Promise<void> {
    const { api } = this;
    if (api === undefined) return;
    const { number, filter } = this.parts.wanted();
    const turn = ++this.turn;
    const limit = Math.min(KEPT, Math.max(PAGE, this.page?.conversations.length ?? 0));
    try {
      const [page, details] = await Promise.all([
        api.list(`${queryOf(filter)}&limit=${limit}`),
        number === undefined ? undefined : api.show(number).catch(this.leaveMissing),
      ]);
      if (turn !== this.turn) return;
      this.tell(page);
      Object.assign(this, { page, details });
      const { workplace } = this;
      const isKnown = (id: string | null): boolean => id === null || workplace?.members.some((member) => member.id === id) === true;
      // Somebody came to work here meanwhile.
      if (workplace !== undefined && !page.conversations.every(({ assignee }) => isKnown(assignee))) void this.describe();
    } catch (error) {
      if (turn === this.turn && this.page === undefined) this.fault = isMissing(error) ? 'gone' : 'failed';
    }
    this.host.requestUpdate();
  }

  private readonly leaveMissing = (error: unknown): undefined => {
    if (!isMissing(error)) throw error;
    this.parts.onGone();
    return undefined;
  };

  /** Adds the next page of the list. */
  async loadMore(): Promise<void> {
    const { api, page, turn } = this;
    if (api === undefined || page === undefined || page.next === null) return;
    const query = `${queryOf(this.parts.wanted().filter)}&limit=${PAGE}&from=${page.next}`;
    const more = await api.list(query).catch(() => undefined);
    if (more === undefined || turn !== this.turn || this.page !== page) return;
    const known = new Set(page.conversations.map(({ number }) => number));
    this.page = { ...more, conversations: [...page.conversations, ...more.conversations.filter(({ number }) => !known.has(number))] };
    this.host.requestUpdate();
  }

  /** Says that the agent is away or here; what was not taken is not shown as if it were. */
  async setAway(away: boolean): Promise<void> {
    const { api, workplace } = this;
    if (api === undefined || workplace === undefined) return;
    this.workplace = { ...workplace, me: { ...workplace.me, away } };
    this.host.requestUpdate();
    await api.setAway(away).catch(() => {
      this.workplace = workplace;
      this.host.requestUpdate();
    });
  }

  /** Tells of who waits anew, and of what people wrote in conversations of the agent's own. */
  private tell({ counts, conversations }: InboxPage): void {
    const { opened, workplace, seen } = this;
    const { words, onNews } = this.parts;
    const isFirst = seen.size === 0;
    if (!isFirst && counts.waiting > (seen.get(0) ?? 0)) onNews(words.noticeWaiting);
    seen.set(0, counts.waiting);
    for (const { number, activeAt, assignee, roomId } of conversations) {
      const isNews = activeAt > (seen.get(number) ?? (isFirst ? activeAt : 0));
      seen.set(number, activeAt);
      if (!isNews || workplace === undefined || assignee !== workplace.me.id) continue;
      const last = opened?.matrix.client.getRoom(roomId)?.getLiveTimeline().getEvents().at(-1);
      const ours = [workplace.company.userId, ...workplace.members.map(({ userId }) => userId)];
      if (last?.getType() === 'm.room.message' && !ours.includes(last.getSender() ?? '')) onNews(fill(words.noticeMessage, { number }));
    }
  }
}
