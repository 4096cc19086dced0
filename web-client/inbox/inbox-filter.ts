import type { InboxView } from '../../appservice/team/agent-inbox-wire.ts';

/** What of an inbox is shown; every part of it stands in the address. */
export type InboxFilter = {
  readonly view: InboxView;
  /** By name of the query; none where all are shown. */
  readonly only: Readonly<Partial<Record<FilterName, string>>>;
};

/** By what a view can be narrowed, in the order in which it is offered. */
export const FILTERS = ['department', 'assignee', 'channel', 'label'] as const;

/** See `FILTERS`. */
export type FilterName = (typeof FILTERS)[number];

/** Views in the order in which they are offered; an address without a view shows the first. */
export const VIEWS: readonly InboxView[] = ['waiting', 'mine', 'all', 'closed'];

/** Reads the query of an address; what is unknown there is left out. */
export function filterFromSearch(search: string): InboxFilter {
  const query = new URLSearchParams(search);
  const view = VIEWS.find((each) => each === query.get('view')) ?? 'waiting';
  const given = FILTERS.map((name) => [name, query.get(name)] as const).filter(([, value]) => value !== null && value !== '');
  return { view, only: Object.fromEntries(given) };
}

/** The query that stands for a filter, without its question mark. */
export function queryOf({ view, only }: InboxFilter): string {
  return new URLSearchParams({ view, ...only }).toString();
}

/** Address of an inbox, or of a conversation in it, that keeps what is shown. */
export function inboxAddress(slug: string, filter: InboxFilter, number?: number): string {
  const query = queryOf(filter);
  return `/inbox/${encodeURIComponent(slug)}${number === undefined ? '' : `/${number}`}${query === 'view=waiting' ? '' : `?${query}`}`;
}

/** A filter with one part changed; an empty value takes it away. */
export function withFilter({ view, only }: InboxFilter, name: FilterName, value: string): InboxFilter {
  const rest = Object.entries(only).filter(([key]) => key !== name);
  return { view, only: Object.fromEntries(value === '' ? rest : [...rest, [name, value]]) };
}
