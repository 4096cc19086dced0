import { assert, fixture, html } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { Recorded, VoiceRecorder } from '../../../widget/panel/voice/voice-recorder.ts';
import '../../../widget/panel/voice/voice-recorder.ts';
import { assertAccessible, eventOf, eventually, loadTokens, part, text } from './element-fixture.ts';

let stream: MediaStream;

async function draw(open: () => Promise<MediaStream> = () => Promise.resolve(stream), types: readonly string[] = ['audio/*']) {
  stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return fixture<VoiceRecorder>(
    html`<smoope-voice-recorder .text=${text} .types=${types} .openMicrophone=${open}></smoope-voice-recorder>`,
  );
}
const running = (recorder: VoiceRecorder) => eventually(() => part(recorder, '.send').getAttribute('aria-disabled') === 'false');
const isSilent = () => stream.getTracks().every(({ readyState }) => readyState === 'ended');

describe('voice recorder', () => {
  before(loadTokens);
  afterEach(() => emulateMedia({ colorScheme: 'light' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours, recording and refused`, async () => {
      await emulateMedia({ colorScheme });
      const recorder = await draw();
      await running(recorder);
      await assertAccessible(recorder);
      const refused = await draw(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
      await eventually(() => refused.shadowRoot?.querySelector('.problem') !== null);
      await assertAccessible(refused);
    });

  it('records until it is sent, says how long, and lets the microphone go', async () => {
    const recorder = await draw();
    await running(recorder);
    assert.include(part(recorder, '.time').textContent, 'of 5:00');
    await eventually(() => part(recorder, '.time').textContent.includes('0:01'));
    const recorded = new Promise<Recorded>((resolve) =>
      recorder.addEventListener('smoope-recorded', (event) => resolve((event as CustomEvent<Recorded>).detail), { once: true }),
    );
    part(recorder, '.send').click();
    const { file, duration } = await recorded;
    assert.match(file.type, /^audio\//);
    assert.match(file.name, /^voice\.(ogg|m4a|webm)$/);
    assert.isAbove(file.size, 0);
    assert.isAbove(duration, 0);
    assert.isTrue(isSilent());
  });

  it('forgets what was said when it is left, by button or Escape, and lets the microphone go', async () => {
    const recorder = await draw();
    await running(recorder);
    assert.isDefined(eventOf(recorder, 'smoope-leave', () => part(recorder, `[aria-label="${text('discard')}"]`).click()));
    assert.isTrue(isSilent());
    const other = await draw();
    await running(other);
    let left = false;
    other.addEventListener('smoope-leave', () => (left = true));
    part(other, '.send').focus();
    await sendKeys({ press: 'Escape' });
    assert.isTrue(left);
    assert.isTrue(isSilent());
  });

  it('lets the microphone go when it disappears, also while the browser still asks', async () => {
    const recorder = await draw();
    await running(recorder);
    recorder.remove();
    assert.isTrue(isSilent());
    let allow = (_: MediaStream) => {};
    const asking = await draw(() => new Promise((resolve) => (allow = resolve)));
    asking.remove();
    allow(stream);
    await eventually(isSilent);
  });

  it('says that the microphone cannot be used, or that no kind is taken that can be recorded', async () => {
    const refused = await draw(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    await eventually(() => refused.shadowRoot?.querySelector('[role=alert]')?.textContent === text('microphoneDenied'));
    const other = await draw(undefined, ['image/*']);
    await eventually(() => other.shadowRoot?.querySelector('[role=alert]')?.textContent === text('recordingFailed'));
  });
});
