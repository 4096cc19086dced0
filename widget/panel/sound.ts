const VOLUME = 0.08;
let audio: AudioContext | undefined;

/** A short, low sound of two tones, made here: no file is loaded. Silent where the browser wants a click first. */
export function beep(): void {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
  const start = audio.currentTime;
  for (const [frequency, after] of [
    [660, 0],
    [880, 0.12],
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(VOLUME, start + after);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + after + 0.25);
    tone.connect(volume).connect(audio.destination);
    tone.start(start + after);
    tone.stop(start + after + 0.25);
  }
}
