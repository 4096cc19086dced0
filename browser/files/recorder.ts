/** Longest voice message, in milliseconds. */
export const LONGEST_MS = 5 * 60_000;

// Sound first in containers that are known as sound everywhere.
const KINDS = ['audio/ogg;codecs=opus', 'audio/mp4', 'audio/webm;codecs=opus', 'audio/webm'];
const ENDINGS: Readonly<Record<string, string>> = { 'audio/ogg': 'ogg', 'audio/mp4': 'm4a', 'audio/webm': 'webm' };
const BITS_PER_SECOND = 32_000;

/** A recording that is going on. */
export type Recording = {
  /** How loud it is now, 0 to 1. */
  readonly level: () => number;
  /** Ends it and gives the file. */
  readonly finish: () => Promise<File>;
  /** Ends it and forgets what was said. */
  readonly discard: () => void;
};

/** The first kind of sound that the browser can record and the company takes; undefined where there is none. */
export function recordableKind(types: readonly string[], isSupported: (kind: string) => boolean): string | undefined {
  const taken = (kind: string) => types.some((type) => ['*/*', 'audio/*', kind.split(';')[0]].includes(type));
  return KINDS.find((kind) => taken(kind) && isSupported(kind));
}

function levelMeter(stream: MediaStream): { readonly level: () => number; readonly close: () => void } {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 512;
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 4);
    },
    close: () => void audio.close(),
  };
}

/** Records what comes from a microphone until it is finished or discarded; the microphone is let go either way. */
export function record(stream: MediaStream, kind: string): Recording {
  const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS_PER_SECOND });
  const parts: Blob[] = [];
  const meter = levelMeter(stream);
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start(1000);

  function release(): void {
    stream.getTracks().forEach((track) => track.stop());
    meter.close();
  }

  return {
    level: meter.level,
    finish: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          const [type = kind] = kind.split(';');
          release();
          resolve(new File(parts, `voice.${ENDINGS[type] ?? 'audio'}`, { type }));
        };
        recorder.stop();
      }),
    discard: () => {
      recorder.ondataavailable = null;
      recorder.stop();
      release();
    },
  };
}
