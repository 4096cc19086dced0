import type { ContactLinkState, ContactPage, ContactSent } from '../../appservice/contact-form/contact-form-wire.ts';
import { html } from '../html.ts';
import { fill } from '../fill.ts';
import { contactTexts, pageAddress, renderContactPage, type ContactAssets } from './contact-page.ts';
import { noticeSection } from './notice-section.ts';

/** After sending: that it arrived, and two ways to the answer. */
export function renderSentPage(page: ContactPage, sent: ContactSent, assets: ContactAssets): string {
  const text = contactTexts(page.locale);
  const content = html`<h1>${text.sentTitle}</h1>
    <p class="lead">${fill(text.sentNumber, { number: sent.number })}</p>
    <p>
      ${
        page.isFramed
          ? html`<a class="button" href="${sent.link}" target="_blank" rel="noopener">${text.sentRead}</a>`
          : html`<a class="button" href="${pageAddress(page, '/conversation')}">${text.sentRead}</a>`
      }
    </p>
    <section aria-labelledby="later">
      <h2 id="later">${text.sentLinkTitle}</h2>
      <p id="link-hint">${fill(text.sentLink, { days: sent.linkDays })}</p>
      <div class="field">
        <label for="link">${text.sentLinkLabel}</label>
        <input type="url" id="link" value="${sent.link}" readonly aria-describedby="link-hint" />
      </div>
    </section>
    ${!page.isFramed && noticeSection(page, sent.notice, sent.form)}`;
  const isFaulty = sent.form.errors.length > 0;
  return renderContactPage(page, assets, { title: isFaulty ? `${text.checkPrefix}: ${text.noticesTitle}` : text.sentTitle, content });
}

/**
 * A link that was followed: one button, so that a program that looks into mails does not use it up; or what to do where it is good no
 * more, or where it cannot be tried now.
 */
export function renderLinkPage(page: ContactPage, state: ContactLinkState, assets: ContactAssets): string {
  const text = contactTexts(page.locale);
  const open = html`<form method="post"><button>${text.linkOpen}</button></form>`;
  const [title, content] = {
    unopened: [
      fill(text.linkTitle, { company: page.company.name }),
      html`<p class="lead">${text.linkLead}</p>
        ${open}`,
    ] as const,
    used: [
      text.usedTitle,
      html`<p class="lead">${text.usedLead}</p>
        <p><a class="button" href="${pageAddress(page)}">${text.usedForm}</a></p>`,
    ] as const,
    busy: [
      text.linkBusyTitle,
      html`<p class="lead">${text.linkBusyLead}</p>
        ${open}`,
    ] as const,
  }[state];
  return renderContactPage(page, assets, {
    title,
    content: html`<h1>${title}</h1>
      ${content}`,
  });
}
