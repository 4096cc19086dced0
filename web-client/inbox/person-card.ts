import { html, nothing, type TemplateResult } from 'lit';
import type { InboxConversationDetails, InboxWorkplace, PersonFact } from '../../appservice/team/agent-inbox-wire.ts';
import { whenInWords } from '../conversations/when-in-words.ts';
import { fill } from '../fill.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { inboxAddress, type InboxFilter } from './inbox-filter.ts';
import { statusInWords } from './inbox-list.ts';
import type { InboxTexts } from './inbox-texts-en.ts';

/** What the card of a person needs to be drawn. */
export type PersonCardSettings = {
  readonly words: InboxTexts;
  readonly locale: string;
  readonly opened: Opened;
  readonly workplace: InboxWorkplace;
  readonly filter: InboxFilter;
};

type Fact = { readonly label: string; readonly value: string; readonly source: string };

function inWords({ label, value, source, purpose }: PersonFact, { words, locale }: PersonCardSettings): Fact {
  switch (source) {
    case 'asked':
      return { label: label ?? '', value, source: fill(words.sourceAsked, { purpose: purpose ?? '' }) };
    case 'website':
      return { label: words.name, value, source: words.sourceWebsite };
    case 'language': {
      const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' });
      return { label: words.language, value: name.of(value) ?? value, source: words.sourceLanguage };
    }
  }
}

/** Whether a name is one that nobody chose: the homeserver gives who has none the local part of their id. */
const isTechnical = (name: string, userId: string): boolean => name === userId || userId.startsWith(`@${name}:`);

/** What Matrix shows everybody in the room: the name of whoever is neither the company nor one of its members. */
function nameInRoom(roomId: string, { opened, workplace, words }: PersonCardSettings): Fact[] {
  const own = new Set([workplace.company.userId, ...workplace.members.map(({ userId }) => userId)]);
  const people = opened.matrix.client.getRoom(roomId)?.getJoinedMembers() ?? [];
  const names = people
    .filter(({ userId, rawDisplayName }) => !own.has(userId) && !isTechnical(rawDisplayName, userId))
    .map(({ rawDisplayName }) => rawDisplayName);
  return names.slice(0, 1).map((value) => ({ label: words.nameHere, value, source: words.nameHereSource }));
}

/** What the company may see of the person of a conversation, each with where it comes from and what for, and their other conversations. */
export function renderPersonCard(details: InboxConversationDetails, settings: PersonCardSettings): TemplateResult {
  const { words, locale, workplace, filter } = settings;
  const facts = [...nameInRoom(details.roomId, settings), ...details.person.facts.map((fact) => inWords(fact, settings))];
  return html`<section class="person-card" aria-labelledby="card-title">
      <h2 id="card-title">${words.person}</h2>
      <p class="hint">${details.person.hasAccount ? words.hasAccount : words.noAccount}</p>
      <dl>
        ${facts.map(
          ({ label, value, source }) =>
            html`<div>
              <dt>${label}</dt>
              <dd dir="auto">${value}</dd>
              <dd class="source">${source}</dd>
            </div>`,
        )}
      </dl>
    </section>
    <section class="others" aria-labelledby="others-title">
      <h2 id="others-title">${words.others}</h2>
      ${details.others.length === 0 ? html`<p class="hint">${words.noOthers}</p>` : nothing}
      <ul>
        ${details.others.map(
          (other) =>
            html`<li>
              <a href=${inboxAddress(workplace.company.slug, filter, other.number)}
                >${fill(words.conversation, { number: other.number })}</a
              >
              <span class="hint">${statusInWords(other, words)}, ${whenInWords(other.activeAt, locale, words)}</span>
            </li>`,
        )}
      </ul>
    </section>`;
}
