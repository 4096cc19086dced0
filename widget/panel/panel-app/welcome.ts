import { html, nothing, type TemplateResult } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { Text } from '../../locales/messages.ts';
import { shieldIcon } from '../icons.ts';
import { legalLinks } from '../links.ts';

function renderLinks(settings: PanelSettings, text: Text): TemplateResult {
  return html`<ul>
    ${legalLinks(settings, text).map(
      ({ href, label }) =>
        html`<li>
          <a href=${href} target="_blank" rel="noopener noreferrer external">${label}<span class="hidden"> (${text('newWindow')})</span></a>
        </li>`,
    )}
  </ul>`;
}

/** What happens with a message, said before the first one is written: three sentences and the links to all the rest. */
function renderNotice(settings: PanelSettings, text: Text): TemplateResult {
  const { company, service } = settings;
  return html`<section class="notice" aria-labelledby="notice">
    ${shieldIcon}
    <h2 id="notice">${text('noticeTitle')}</h2>
    <div>
      <p>${text('notice', { company: company.name, service: service.name })}</p>
      ${renderLinks(settings, text)}
    </div>
  </section>`;
}

/** What stands in the panel before the first message: a word of the company, what it asks, what happens with data. */
export function renderWelcome(settings: PanelSettings, text: Text, form: TemplateResult | undefined): TemplateResult {
  const { company, open, availability } = settings;
  const title = open ? (company.texts.title ?? text('title')) : text('notOpen', { company: company.name });
  const greeting = open ? (company.texts.greeting ?? text('greeting')) : text('notOpenHint');
  return html`<div class="welcome" role="region" tabindex="0" aria-label=${title}>
    <div class="hello">
      <h2 dir="auto">${title}</h2>
      <p dir="auto">${greeting}</p>
      ${open && availability?.text ? html`<p class="hours ${availability.open ? 'here' : ''}" dir="auto">${availability.text}</p>` : nothing}
    </div>
    ${form} ${open ? renderNotice(settings, text) : html`<div class="notice">${renderLinks(settings, text)}</div>`}
  </div>`;
}
