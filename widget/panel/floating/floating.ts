import { LitElement } from 'lit';

const GAP_PX = 4;
const EDGE_PX = 8;
const ITEMS = '[role^="menuitem"]';

/** Puts a popover beside its anchor, inside the window: below it where there is room, else above. */
function place(pane: HTMLElement, anchor: HTMLElement): void {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = pane;
  const isMirrored = getComputedStyle(pane).direction === 'rtl';
  const below = bottom + GAP_PX;
  const fits = below + height <= innerHeight - EDGE_PX;
  const wanted = isMirrored ? left : right - width;
  pane.style.left = `${Math.max(EDGE_PX, Math.min(wanted, innerWidth - width - EDGE_PX))}px`;
  pane.style.top = `${Math.max(EDGE_PX, fits ? below : Math.min(top - height - GAP_PX, innerHeight - height - EDGE_PX))}px`;
}

/**
 * A menu or picker beside the element it came from. Opens itself once it is drawn; closes with Escape, a click elsewhere or
 * `leave`. A class that extends it draws one element with `popover` and listens to its `beforetoggle` and `toggle`.
 * @event smoope-leave - It has closed.
 */
export class Floating extends LitElement {
  static override properties = { anchor: { attribute: false } };

  /** Where it came from. */
  declare anchor: HTMLElement;

  private get pane(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]');
  }

  /** What has the focus when it opens. */
  protected get first(): HTMLElement | null {
    return this.renderRoot.querySelector(ITEMS);
  }

  override firstUpdated(): void {
    this.pane?.showPopover();
    this.first?.focus();
  }

  override updated(): void {
    if (this.pane && this.anchor) place(this.pane, this.anchor);
  }

  /** Closes it. */
  leave(): void {
    this.pane?.hidePopover();
  }

  /** Before it closes, what is in it hands the focus back; whatever was chosen may move it on. */
  protected handleBeforeToggle({ newState }: ToggleEvent): void {
    const { activeElement } = this.shadowRoot ?? {};
    if (newState === 'closed' && activeElement) this.anchor.focus();
  }

  protected handleToggle({ newState }: ToggleEvent): void {
    if (newState === 'closed') this.dispatchEvent(new CustomEvent('smoope-leave', { bubbles: true, composed: true }));
  }

  /** Arrow keys, Home and End go through the items of a menu (https://www.w3.org/WAI/ARIA/apg/patterns/menubar/). */
  protected handleKey(event: KeyboardEvent): void {
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>(ITEMS)];
    const at = items.findIndex((item) => item.matches(':focus'));
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: -1,
    };
    const next = steps[event.key];
    if (next === undefined || items.length === 0) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  }
}
