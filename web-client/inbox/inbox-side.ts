import { html, nothing, type TemplateResult } from 'lit';
import type { InboxCounts, InboxWorkplace } from '../../appservice/team/agent-inbox-wire.ts';
import { fill } from '../fill.ts';
import { FILTERS, inboxAddress, VIEWS, withFilter, type FilterName, type InboxFilter } from './inbox-filter.ts';
import type { InboxHabits } from './inbox-habits.ts';
import type { InboxTexts } from './inbox-texts-en.ts';

/** What the side needs to be drawn, and what can be pressed there. */
export type InboxSideSettings = {
  readonly words: InboxTexts;
  readonly workplace: InboxWorkplace;
  readonly filter: InboxFilter;
  readonly counts: InboxCounts | undefined;
  /** Other companies of the agent. */
  readonly companies: readonly { readonly slug: string; readonly name: string; readonly waiting: number }[];
  readonly habits: InboxHabits;
  readonly isNoticeRefused: boolean;
  readonly onFilter: (filter: InboxFilter) => void;
  readonly onAway: (away: boolean) => void;
  readonly onHabit: (habit: 'sound' | 'notices', value: boolean) => void;
  readonly onHelp: () => void;
};

type Choice = readonly [value: string, label: string];

function choicesOf(name: FilterName, { words, workplace }: InboxSideSettings): readonly Choice[] {
  switch (name) {
    case 'department':
      return [
        ['', words.everyDepartment],
        ['-', words.wholeCompany],
        ...workplace.departments
          .filter(({ isMine }) => isMine || workplace.me.role === 'admin')
          .map((department): Choice => [department.key, department.name]),
      ];
    case 'assignee':
      return [
        ['', words.everybody],
        ['-', words.nobody],
        ...workplace.members.filter(({ isBot }) => !isBot).map((member): Choice => [member.id, member.name]),
      ];
    case 'channel':
      return [['', words.everyChannel], ...(['widget', 'form', 'matrix'] as const).map((channel): Choice => [channel, words[channel]])];
    case 'label':
      return [['', words.everyLabel], ...workplace.labels.map((label): Choice => [label, label])];
  }
}

function renderFilter(name: FilterName, settings: InboxSideSettings): TemplateResult | typeof nothing {
  const { words, filter, onFilter } = settings;
  const choices = choicesOf(name, settings);
  const chosen = filter.only[name] ?? '';
  // Where there is nothing to choose from, the question would be noise.
  if (choices.length === 1 || (name === 'department' && choices.length === 2)) return nothing;
  return html`<label
    >${words[name]}
    <select .value=${chosen} @change=${(event: Event) => onFilter(withFilter(filter, name, (event.target as HTMLSelectElement).value))}>
      ${choices.map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select></label
  >`;
}

/** Something that is on or off at once. */
export const renderSwitch = (label: string, isOn: boolean, onSwitch: (value: boolean) => void): TemplateResult =>
  html`<button class="switch" type="button" role="switch" aria-checked=${isOn ? 'true' : 'false'} @click=${() => onSwitch(!isOn)}>
    <span class="track" aria-hidden="true"></span>${label}
  </button>`;

function renderViews({ words, workplace, filter, counts }: InboxSideSettings): TemplateResult {
  return html`<nav class="views" aria-label=${words.views}>
    <ul>
      ${VIEWS.map(
        (view) =>
          html`<li>
            <a href=${inboxAddress(workplace.company.slug, { ...filter, view })} aria-current=${view === filter.view ? 'page' : nothing}
              >${words[view]}
              ${
                counts === undefined
                  ? nothing
                  : html`<span class="count ${view === 'waiting' && counts.waiting > 0 ? 'due' : ''}">${counts[view]}</span>`
              }</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** Views with their counts, filters, availability, alerts, and the way to other companies. */
export function renderInboxSide(settings: InboxSideSettings): TemplateResult {
  const { words, workplace, filter, companies, habits, isNoticeRefused, onFilter, onAway, onHabit, onHelp } = settings;
  const { company, me } = workplace;
  const isFiltered = FILTERS.some((name) => filter.only[name] !== undefined);
  return html`<h1 class="workplace-name">${company.name}</h1>
    ${renderSwitch(words.here, !me.away, (here) => onAway(!here))}
    <p class="hint">${me.away ? words.awayHint : words.hereHint}</p>
    ${renderViews(settings)}
    <details ?open=${isFiltered}>
      <summary>${words.filters}</summary>
      <div class="filters">
        ${FILTERS.map((name) => renderFilter(name, settings))}
        ${isFiltered ? html`<button class="plain" type="button" @click=${() => onFilter({ view: filter.view, only: {} })}>${words.clearFilters}</button>` : nothing}
      </div>
    </details>
    <details>
      <summary>${words.alerts}</summary>
      ${renderSwitch(words.sound, habits.sound, (value) => onHabit('sound', value))}
      ${renderSwitch(words.notices, habits.notices, (value) => onHabit('notices', value))}
      ${isNoticeRefused ? html`<p class="hint" role="alert">${words.noticesRefused}</p>` : nothing}
    </details>
    <button class="plain keys" type="button" @click=${onHelp}>${words.keys}</button>
    ${
      companies.length === 0
        ? nothing
        : html`<nav class="companies" aria-label=${words.inboxes}>
            <h2>${words.inboxes}</h2>
            <ul>
              ${companies.map(
                ({ slug, name, waiting }) =>
                  html`<li>
                    <a href="/inbox/${slug}"
                      >${name}
                      ${waiting > 0 ? html`<span class="count due">${fill(words.waitingCount, { count: waiting })}</span>` : nothing}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>`
    }
    <p class="own"><a href="/conversations">${words.ownConversations}</a></p>`;
}
