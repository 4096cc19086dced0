import { html, LitElement, nothing, svg, type PropertyDeclarations, type TemplateResult } from 'lit';
import { formatDuration } from '../../browser/files/file-facts.ts';
import { fill } from '../fill.ts';
import { icons } from './file-icons.ts';
import { fileTexts } from './file-texts.ts';
import { BARS } from './wave.ts';

const SPEEDS = [1, 1.5, 2] as const;

/**
 * Plays a voice message or other sound: a wave or a bar to move in, by keyboard too, and a speed.
 * @event smoope-unplayable - The browser cannot play it.
 */
export class SoundPlayer extends LitElement {
  static override properties: PropertyDeclarations = {
    load: { attribute: false },
    name: {},
    bars: { attribute: false },
    duration: { type: Number },
    source: { state: true },
    isPlaying: { state: true },
    isLoading: { state: true },
    at: { state: true },
    speed: { state: true },
  };

  /** Loads the sound when it is played first; answers an address of a blob, undefined where it failed. */
  declare load: () => Promise<string | undefined>;
  declare name: string;
  /** Levels from 0 to 1; a plain bar is drawn where there are none. */
  declare bars: readonly number[] | undefined;
  /** Length in milliseconds as the message says; the file may know better. */
  declare duration: number | undefined;
  declare private source: string | undefined;
  declare private isPlaying: boolean;
  declare private isLoading: boolean;
  declare private at: number;
  declare private speed: (typeof SPEEDS)[number];
  private readonly text = fileTexts(document.documentElement.lang);

  constructor() {
    super();
    this.isPlaying = this.isLoading = false;
    this.at = 0;
    this.speed = 1;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private get player(): HTMLAudioElement | null {
    return this.querySelector('audio');
  }

  private get seconds(): number {
    const known = this.player?.duration;
    return known !== undefined && Number.isFinite(known) ? known : (this.duration ?? 0) / 1000;
  }

  private readonly handlePlay = async (): Promise<void> => {
    if (this.isPlaying) this.player?.pause();
    if (this.isPlaying || this.isLoading) return;
    this.isLoading = true;
    this.source ??= await this.load();
    this.isLoading = false;
    await this.updateComplete;
    const { player } = this;
    if (player === null) return;
    player.playbackRate = this.speed;
    await player.play().catch(() => undefined);
  };

  private readonly handleSeek = (event: Event): void => {
    this.at = Number((event.target as HTMLInputElement).value);
    if (this.player !== null) this.player.currentTime = this.at;
  };

  private readonly handleSpeed = (): void => {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length] ?? 1;
    if (this.player !== null) this.player.playbackRate = this.speed;
  };

  private renderWave(): TemplateResult | typeof nothing {
    const { bars, at, seconds } = this;
    if (bars === undefined) return nothing;
    const share = seconds > 0 ? at / seconds : 0;
    return html`<svg class="wave" viewBox="0 0 ${BARS * 4} 24" preserveAspectRatio="none" aria-hidden="true">
      ${bars.map((level, index) => {
        const height = 3 + level * 21;
        const hasPassed = (index + 0.5) / BARS <= share;
        return svg`<rect class=${hasPassed ? 'passed' : ''} x=${index * 4} y=${12 - height / 2} width="2.4" height=${height} rx="1.2" />`;
      })}
    </svg>`;
  }

  protected override render(): TemplateResult {
    const { text, name, at, seconds, source, isPlaying, isLoading, speed } = this;
    const time = formatDuration((at > 0 || isPlaying ? at : seconds) * 1000);
    return html`<div class=${this.bars === undefined ? 'sound' : 'sound waved'}>
      <button
        class="round"
        type="button"
        aria-label=${isPlaying ? text.pause : fill(text.play, { name })}
        ?data-busy=${isLoading}
        @click=${this.handlePlay}
      >
        ${isPlaying ? icons.pause : icons.play}
      </button>
      <span class="track">
        ${this.renderWave()}
        <input
          type="range"
          min="0"
          max=${Math.max(seconds, 0.1)}
          step="0.1"
          aria-label=${fill(text.position, { name })}
          aria-valuetext=${`${formatDuration(at * 1000)} / ${formatDuration(seconds * 1000)}`}
          .value=${String(at)}
          @input=${this.handleSeek}
        />
      </span>
      <span class="time">${time}</span>
      <button class="speed" type="button" aria-label=${fill(text.speed, { speed: `${speed}×` })} @click=${this.handleSpeed}>
        ${speed}×
      </button>
      ${
        source === undefined
          ? nothing
          : html`<audio
              src=${source}
              @play=${() => (this.isPlaying = true)}
              @pause=${() => (this.isPlaying = false)}
              @ended=${() => (this.at = 0)}
              @durationchange=${() => this.requestUpdate()}
              @timeupdate=${() => (this.at = this.player?.currentTime ?? 0)}
              @error=${() => this.dispatchEvent(new CustomEvent('smoope-unplayable'))}
            ></audio>`
      }
    </div>`;
  }
}
customElements.define('smoope-sound-player', SoundPlayer);
