import type { InboxHabits } from './inbox-habits.ts';

const TONES = [660, 880];
const TONE_SECONDS = 0.12;

/** Two short tones, made here: no file is loaded. */
function sound(): void {
  const context = new AudioContext();
  for (const [index, frequency] of TONES.entries()) {
    const at = context.currentTime + index * TONE_SECONDS;
    const tone = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0.08 });
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + TONE_SECONDS);
    if (index === TONES.length - 1) tone.addEventListener('ended', () => void context.close());
  }
}

/** Tells somebody as they chose; `words` never hold what a person wrote. A message of the browser comes only while nobody looks at the page. */
export function alertAgent({ sound: isLoud, notices }: InboxHabits, words: string): void {
  if (isLoud) sound();
  if (!notices || document.visibilityState === 'visible' || !('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notice = new Notification(words, { tag: 'smoope-inbox' });
    notice.addEventListener('click', () => {
      window.focus();
      notice.close();
    });
  } catch {
    // Browsers of telephones show messages of service workers alone.
  }
}

/** Asks the browser for leave to show messages; belongs to a press. */
export async function askForNotices(): Promise<boolean> {
  return 'Notification' in window && (await Notification.requestPermission()) === 'granted';
}
