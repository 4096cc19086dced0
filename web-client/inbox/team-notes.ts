import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { InboxConversationDetails, InboxWorkplace } from '../../appservice/team/agent-inbox-wire.ts';
import { whenInWords } from '../conversations/when-in-words.ts';
import { wordsWithLinks } from '../conversations/words.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { inboxTexts } from './inbox-texts.ts';
import { noteOf, type Note } from './note.ts';

/** Latest notes that are shown. */
const NOTES = 50;

/** The thread of a conversation's announcement in the room of the team: what the team writes about it, for itself. */
export class TeamNotes extends LitElement {
  static override properties: PropertyDeclarations = {
    opened: { attribute: false },
    workplace: { attribute: false },
    announcement: { attribute: false },
    mark: {},
    notes: { state: true },
    fault: { state: true },
  };

  declare opened: Opened;
  declare workplace: InboxWorkplace;
  declare announcement: InboxConversationDetails['announcement'];
  /** Changes when something happened in the team's room. */
  declare mark: string;
  declare private notes: readonly Note[] | undefined;
  declare private fault: 'noteFailed' | 'notesFailed' | undefined;
  private readonly locale = document.documentElement.lang;
  private readonly words = inboxTexts(this.locale);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { announcement } = this;
    const isOther = changed.has('announcement') && changed.get('announcement')?.eventId !== announcement?.eventId;
    if (isOther) this.notes = undefined;
    if (announcement !== null && (isOther || changed.has('mark'))) void this.load(announcement);
  }

  private async load({ roomId, eventId }: NonNullable<InboxConversationDetails['announcement']>): Promise<void> {
    try {
      const { chunk } = await this.opened.matrix.client.fetchRelations(roomId, eventId, 'm.thread', 'm.room.message', { limit: NOTES });
      if (this.announcement?.eventId !== eventId) return;
      this.notes = chunk.flatMap((raw) => noteOf(raw) ?? []).toReversed();
      if (this.fault === 'notesFailed') this.fault = undefined;
    } catch {
      this.fault = 'notesFailed';
    }
  }

  private readonly handleSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const field = this.querySelector('textarea');
    const body = field?.value.trim() ?? '';
    const { announcement, opened } = this;
    if (field === null || body === '' || announcement === null) return;
    const { roomId, eventId } = announcement;
    const relation = { rel_type: 'm.thread', event_id: eventId, is_falling_back: true, 'm.in_reply_to': { event_id: eventId } };
    const content = { msgtype: 'm.text', body, 'm.mentions': {}, 'm.relates_to': relation };
    this.fault = undefined;
    try {
      const path = `/rooms/${encodeURIComponent(roomId)}/send/m.room.message/note-${crypto.randomUUID()}`;
      await opened.matrix.client.http.authedRequest('PUT' as never, path, undefined, content);
      field.value = '';
      await this.load(announcement);
    } catch {
      this.fault = 'noteFailed';
    }
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };

  private renderNote({ sender, body, isSystem, at }: Note): TemplateResult {
    const name = this.workplace.members.find(({ userId }) => userId === sender)?.name ?? this.words.system;
    return html`<li class=${isSystem ? 'system' : ''}>
      <p class="meta">${name} · <time datetime=${new Date(at).toISOString()}>${whenInWords(at, this.locale, this.words)}</time></p>
      <p class="note" dir="auto">${wordsWithLinks(body)}</p>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { words, announcement, notes, fault } = this;
    if (announcement === null) return html`<p class="hint">${words.notAnnounced}</p>`;
    return html`${fault === undefined ? nothing : html`<p class="fault" role="alert">${words[fault]}</p>`}
      ${
        notes === undefined || notes.length === 0
          ? html`<p class="hint">${notes === undefined ? nothing : words.noNotes}</p>`
          : html`<ol>
              ${notes.map((note) => this.renderNote(note))}
            </ol>`
      }
      <form @submit=${this.handleSubmit}>
        <label
          ><span>${words.note}</span>
          <textarea rows="2" dir="auto" @keydown=${this.handleKey}></textarea>
        </label>
        <button class="small" type="submit">${words.addNote}</button>
      </form>`;
  }
}
customElements.define('smoope-team-notes', TeamNotes);
