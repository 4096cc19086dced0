import { html, LitElement, svg } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { icon, sendIcon } from '../icons.ts';
import { formatDuration } from '../../../browser/files/file-facts.ts';
import { LONGEST_MS, record, recordableKind, type Recording } from '../../../browser/files/recorder.ts';
import { voiceRecorderStyles } from './voice-recorder.styles.ts';

const trashIcon = icon(svg`<path d="M3 6h18M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`);
const BARS = 32;
const TICK_MS = 100;

/** A finished voice message; `duration` in milliseconds. */
export type Recorded = { readonly file: File; readonly duration: number };

/**
 * Records a voice message of at most five minutes. Nothing leaves the browser before it is sent.
 * @event smoope-recorded - The message is to be sent.
 * @event smoope-leave - Nothing is to be sent.
 */
export class VoiceRecorder extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [baseStyles, voiceRecorderStyles];
  static override properties = {
    text: { attribute: false },
    types: { attribute: false },
    openMicrophone: { attribute: false },
    elapsed: { state: true },
    levels: { state: true },
    problem: { state: true },
  };

  declare text: AllText;
  /** Types of files that the company takes. */
  declare types: readonly string[];
  /** Asks for the microphone. */
  declare openMicrophone: () => Promise<MediaStream>;
  /** Milliseconds since it began. */
  declare elapsed: number;
  /** How loud it was, latest last, 0 to 1. */
  declare levels: readonly number[];
  declare problem: 'microphoneDenied' | 'recordingFailed' | undefined;
  private recording: Recording | undefined;
  private startedAt = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.elapsed = 0;
    this.levels = [];
    this.openMicrophone = () => navigator.mediaDevices.getUserMedia({ audio: true });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.begin());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop()?.discard();
  }

  private async begin(): Promise<void> {
    this.renderRoot.querySelector<HTMLElement>('.send')?.focus();
    const kind = recordableKind(this.types, (type) => MediaRecorder.isTypeSupported(type));
    if (!kind) return void (this.problem = 'recordingFailed');
    const stream = await this.openMicrophone().catch(() => undefined);
    if (!stream) return void (this.problem = 'microphoneDenied');
    // It may have been left while the browser asked.
    if (!this.isConnected) return stream.getTracks().forEach((track) => track.stop());
    this.recording = record(stream, kind);
    this.startedAt = Date.now();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  private tick(): void {
    this.elapsed = Date.now() - this.startedAt;
    this.levels = [...this.levels, this.recording?.level() ?? 0].slice(-BARS);
    if (this.elapsed >= LONGEST_MS) void this.finish();
  }

  private stop(): Recording | undefined {
    clearInterval(this.timer);
    const { recording } = this;
    this.recording = undefined;
    return recording;
  }

  private async finish(): Promise<void> {
    const duration = Math.min(this.elapsed, LONGEST_MS);
    const file = await this.stop()?.finish();
    // A tap may be too short for a single sample.
    if (!file?.size) return this.leave();
    this.dispatchEvent(new CustomEvent<Recorded>('smoope-recorded', { detail: { file, duration } }));
  }

  private leave(): void {
    this.stop()?.discard();
    this.dispatchEvent(new CustomEvent('smoope-leave'));
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.leave();
  }

  private renderMeter() {
    return html`<svg class="meter" viewBox="0 0 ${BARS * 4} 24" preserveAspectRatio="xMaxYMid meet" aria-hidden="true">
      ${this.levels.map((level, index) => {
        const height = 2 + level * 20;
        return svg`<rect x=${(BARS - this.levels.length + index) * 4} y=${12 - height / 2} width="2" height=${height} rx="1" />`;
      })}
    </svg>`;
  }

  override render() {
    const time = formatDuration(this.elapsed);
    return html`<div class="bar" role="group" aria-label=${this.text('recording')} @keydown=${this.handleKey}>
      <button class="round" aria-label=${this.text('discard')} @click=${this.leave}>${trashIcon}</button>
      ${
        this.problem
          ? html`<p class="problem" role="alert">${this.text(this.problem)}</p>`
          : html`<span class="dot"></span>${this.renderMeter()}
              <span class="time" role="timer">${this.text('recordingLeft', { time, limit: formatDuration(LONGEST_MS) })}</span>`
      }
      <button
        class="round send"
        aria-label=${this.text('stopRecording')}
        aria-disabled=${this.elapsed > 0 ? 'false' : 'true'}
        @click=${this.finish}
      >
        ${sendIcon}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-voice-recorder': VoiceRecorder;
  }
}

customElements.define('smoope-voice-recorder', VoiceRecorder);
