import { assert, fixture, html } from '@open-wc/testing';
import '../../../widget/smoope-contact.ts';
import type { SmoopeContact } from '../../../widget/smoope-contact.ts';
import { assertAccessible } from './element-fixture.ts';

const frameOf = (element: SmoopeContact) => element.shadowRoot?.querySelector('iframe');

describe('<smoope-contact>', () => {
  it('shows the form of the company as part of the page, named and in the language asked for', async () => {
    const element = await fixture<SmoopeContact>(html`<smoope-contact company="a/b" locale="de-AT"></smoope-contact>`);
    const frame = frameOf(element);
    assert.equal(frame?.src, `${location.origin}/contact/a%2Fb?framed=1&locale=de-AT`);
    assert.equal(frame?.title, 'Kontaktformular');
    assert.equal(frame?.loading, 'lazy');
    assert.equal(element.getBoundingClientRect().height, 760);
    await assertAccessible(element);
  });

  it('speaks the language of the page, takes the height that it is given, and is drawn once however often it is moved', async () => {
    document.documentElement.lang = 'en';
    const element = await fixture<SmoopeContact>(html`<smoope-contact company="acme" style="height: 300px"></smoope-contact>`);
    const frame = frameOf(element);
    assert.equal(frame?.title, 'Contact form');
    assert.equal(frame?.getBoundingClientRect().height, 300);
    element.parentElement?.append(element);
    assert.equal(element.shadowRoot?.querySelectorAll('iframe').length, 1);
  });
});
