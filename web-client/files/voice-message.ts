import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { formatDuration } from '../../browser/files/file-facts.ts';
import { LONGEST_MS, record, recordableKind, type Recording } from '../../browser/files/recorder.ts';
import { fill } from '../fill.ts';
import { icons } from './file-icons.ts';
import { fileTexts } from './file-texts.ts';
import './sound-player.ts';
import type { Outgoing } from './upload-queue.ts';
import { barsOf, BARS, waveform } from './wave.ts';

const TICK_MS = 100;

/**
 * Records a voice message of at most five minutes, lets it be heard, and hands it on. Nothing leaves the browser before.
 * @event smoope-send - It is to be sent; `detail` are files, as of the tray.
 * @event close - It was sent or discarded.
 */
export class VoiceMessage extends LitElement {
  static override properties: PropertyDeclarations = {
    types: { attribute: false },
    openMicrophone: { attribute: false },
    step: { state: true },
    elapsed: { state: true },
    levels: { state: true },
  };

  /** Types of files that may be sent. */
  declare types: readonly string[];
  /** Asks for the microphone. */
  declare openMicrophone: () => Promise<MediaStream>;
  declare private step: 'asking' | 'recording' | 'heard' | 'microphoneDenied' | 'recordingFailed';
  declare private elapsed: number;
  declare private levels: readonly number[];
  private readonly text = fileTexts(document.documentElement.lang);
  private recording: Recording | undefined;
  private file: File | undefined;
  private address: string | undefined;
  private startedAt = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.step = 'asking';
    this.elapsed = 0;
    this.levels = [];
    this.openMicrophone = () => navigator.mediaDevices.getUserMedia({ audio: true });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.begin());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop()?.discard();
    if (this.address !== undefined) URL.revokeObjectURL(this.address);
  }

  private async begin(): Promise<void> {
    const kind = 'MediaRecorder' in window ? recordableKind(this.types, (type) => MediaRecorder.isTypeSupported(type)) : undefined;
    if (kind === undefined) return this.show('recordingFailed');
    const stream = await this.openMicrophone().catch(() => undefined);
    if (stream === undefined) return this.show('microphoneDenied');
    // It may have been left while the browser asked.
    if (!this.isConnected) return stream.getTracks().forEach((track) => track.stop());
    this.recording = record(stream, kind);
    this.startedAt = Date.now();
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.show('recording');
  }

  private show(step: VoiceMessage['step']): void {
    this.step = step;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.main')?.focus());
  }

  private tick(): void {
    this.elapsed = Date.now() - this.startedAt;
    this.levels = [...this.levels, this.recording?.level() ?? 0];
    if (this.elapsed >= LONGEST_MS) void this.finish();
  }

  private stop(): Recording | undefined {
    clearInterval(this.timer);
    const { recording } = this;
    this.recording = undefined;
    return recording;
  }

  private readonly finish = async (): Promise<void> => {
    const file = await this.stop()?.finish();
    // A tap may be too short for a single sample.
    if (file === undefined || file.size === 0) return this.leave();
    this.file = file;
    this.address = URL.createObjectURL(file);
    this.show('heard');
  };

  private readonly leave = (): void => {
    this.stop()?.discard();
    this.dispatchEvent(new CustomEvent('close'));
  };

  private readonly handleSend = (): void => {
    const { file, elapsed, levels, text } = this;
    if (file === undefined) return;
    const ending = /\.\w+$/.exec(file.name)?.[0] ?? '';
    const named = new File([file], `${text.voiceName}${ending}`, { type: file.type });
    const info = { mimetype: file.type, size: file.size, duration: Math.min(elapsed, LONGEST_MS) };
    const sent: Outgoing = { file: named, info, problem: undefined, caption: '', voice: { levels: this.bars(levels) } };
    this.dispatchEvent(new CustomEvent<readonly Outgoing[]>('smoope-send', { detail: [sent] }));
    this.dispatchEvent(new CustomEvent('close'));
  };

  private bars(levels: readonly number[]): readonly number[] {
    return barsOf(waveform(levels)) ?? [];
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.leave();
  };

  private renderStep(): TemplateResult {
    const { text, step, elapsed, levels } = this;
    if (step === 'microphoneDenied' || step === 'recordingFailed') return html`<p class="problem" role="alert">${text[step]}</p>`;
    if (step === 'heard')
      return html`<smoope-sound-player
          .load=${async () => this.address}
          .name=${text.voiceName}
          .bars=${this.bars(levels)}
          .duration=${elapsed}
        ></smoope-sound-player>
        <button class="round main" type="button" aria-label=${text.sendVoice} @click=${this.handleSend}>${icons.send}</button>`;
    const last = levels.slice(-BARS);
    const time = fill(text.recordingTime, { time: formatDuration(elapsed), limit: formatDuration(LONGEST_MS) });
    return html`<span class="dot"></span>
      <meter class="level" min="0" max="1" .value=${last.at(-1) ?? 0} aria-hidden="true"></meter>
      <span class="time" role="timer">${time}</span>
      <button class="round main" type="button" aria-label=${text.stop} ?disabled=${step === 'asking'} @click=${this.finish}>
        ${icons.stop}
      </button>`;
  }

  protected override render(): TemplateResult {
    const { text } = this;
    return html`<div class="voice" role="group" aria-label=${text.recording} @keydown=${this.handleKey}>
      <button class="round" type="button" aria-label=${text.discard} @click=${this.leave}>${icons.discard}</button>
      ${this.renderStep()}
    </div>`;
  }
}
customElements.define('smoope-voice-message', VoiceMessage);
