import { assert, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { Thread } from '../../../widget/panel/conversation-state.ts';
import type { PanelHeader } from '../../../widget/panel/panel-header/panel-header.ts';
import '../../../widget/panel/panel-header/panel-header.ts';
import { aSummary, LENA } from '../../widget/conversation-fixture.ts';
import { aPanel } from '../../widget/panel-fixture.ts';
import { assertAccessible, aThread, eventOf, loadTokens, part, text } from './element-fixture.ts';

const HOSTILE = '<img src=x onerror=alert(1)>\u202Egnp.exe';

const draw = (thread?: Thread, closable = true, company = {}) =>
  fixture<PanelHeader>(
    html`<smoope-panel-header
      .settings=${aPanel({ company: { ...aPanel().company, ...company } })}
      .text=${text}
      .thread=${thread}
      ?closable=${closable}
    ></smoope-panel-header>`,
  );
const answered = (...answering: (typeof LENA)[]) => aThread([], { summary: aSummary({ answering }) });

describe('panel header', () => {
  before(loadTokens);
  afterEach(() => emulateMedia({ colorScheme: 'light' }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} colours`, async () => {
      await emulateMedia({ colorScheme });
      const header = await draw(answered(LENA));
      await assertAccessible(header);
    });

  it('names the company and who is answering', async () => {
    const header = await draw(answered(LENA, { ...LENA, id: 'agent-2', name: 'Tim' }));
    assert.equal(part(header, 'h1').textContent, 'Acme Werke');
    assert.equal(part(header, '.sub').textContent, 'with Lena Weber and Tim');
    assert.equal(part(header, '.person').textContent?.trim(), 'L');
  });

  it('says where the answer comes as long as nobody has answered, and nothing before the first message', async () => {
    assert.equal(part(await draw(answered()), '.sub').textContent, text('waiting'));
    assert.isNull((await draw()).shadowRoot?.querySelector('.sub') ?? null);
  });

  it('shows the letter of the name where a picture does not load', async () => {
    const header = await draw(undefined, true, { logoUrl: '/no-such-picture.png' });
    const image = part(header, '.company img', HTMLImageElement);
    image.dispatchEvent(new Event('error'));
    assert.isTrue(image.hidden);
    assert.equal(part(header, '.company').textContent?.trim(), 'A');
  });

  it('asks for the menu, and says from where', async () => {
    const header = await draw(answered(LENA));
    const button = part(header, `[aria-label="${text('menu')}"]`);
    assert.equal(eventOf<HTMLElement>(header, 'smoope-panel-menu', () => button.click())?.detail, button);
  });

  it('leads to the other conversations where there are some, and counts what is unread there', async () => {
    const header = await draw(answered(LENA));
    assert.isNull(header.shadowRoot?.querySelector('.back') ?? null);
    header.hasList = true;
    header.others = 2;
    await header.updateComplete;
    const back = part(header, '.back');
    assert.equal(back.getAttribute('aria-label'), 'All conversations, 2 unread messages');
    assert.isDefined(eventOf(header, 'smoope-list', () => back.click()));
    await assertAccessible(header);
  });

  it('says that nobody is there, until somebody answers', async () => {
    const availability = { open: false, text: 'We are back tomorrow at 9.' };
    const settings = aPanel({ availability });
    const header = await draw(answered());
    header.settings = settings;
    await header.updateComplete;
    assert.equal(part(header, '.sub').textContent, availability.text);
    header.thread = answered(LENA);
    await header.updateComplete;
    assert.equal(part(header, '.sub').textContent, 'with Lena Weber');
  });

  it('asks to be closed, where there is something to close', async () => {
    const header = await draw();
    assert.isDefined(eventOf(header, 'smoope-close', () => part(header, `[aria-label="${text('close')}"]`).click()));
    assert.isNull((await draw(undefined, false)).shadowRoot?.querySelector(`[aria-label="${text('close')}"]`) ?? null);
  });

  it('shows hostile names as text', async () => {
    const header = await draw(answered({ ...LENA, name: HOSTILE }), true, { name: HOSTILE });
    assert.isNull(header.shadowRoot?.querySelector('img') ?? null);
    assert.equal(part(header, 'h1').textContent, HOSTILE);
  });
});
