import { FIELD_PREFIX_NAME, TRAP_NAME } from './field-names.ts';
import type { ContactForm, ContactPage } from '../../appservice/contact-form/contact-form-wire.ts';
import { html, type Html } from '../html.ts';
import { fill } from '../fill.ts';
import { contactTexts, pageAddress, renderContactPage, type ContactAssets } from './contact-page.ts';
import { companyField, faultOf, messageField, type FieldContext } from './form-fields.ts';
import { addressField } from './notice-section.ts';

/** What is wrong, above the form, where a screen reader begins; each fault leads to its field. */
export function faultSummary(context: FieldContext): Html | false {
  const { text, errors } = context;
  if (errors.length === 0) return false;
  return html`<div class="faults" role="alert">
    <p>${text.errorTitle}</p>
    <ul>
      ${errors.map(({ field }) => {
        const fault = faultOf(context, field) ?? '';
        return html`<li>${field === null ? fault : html`<a href="#${field}">${fault}</a>`}</li>`;
      })}
    </ul>
  </div>`;
}

/** What stands where a company has no form: why, where to write in its place, and words that were sent all the same. */
function shutSection(page: ContactPage, form: ContactForm, reason: string, isForWebsite: boolean): Html {
  const text = contactTexts(page.locale);
  const { name, websiteUrl } = page.company;
  const words = form.values['message'] ?? '';
  return html`<p>${reason}</p>
    ${
      isForWebsite &&
      websiteUrl !== null &&
      html`<p>
        <a class="button" href="${websiteUrl}" rel="noopener" ${page.isFramed && html` target="_blank"`}
          >${fill(text.websiteLink, { company: name })}</a
        >
      </p>`
    }
    ${
      words !== '' &&
      html`<div class="field">
        <label for="message">${text.notTaken}</label>
        <textarea id="message" rows="6" readonly dir="auto">${words}</textarea>
      </div>`
    }`;
}

/** The contact form of a company. */
export function renderFormPage(page: ContactPage, form: ContactForm, assets: ContactAssets): string {
  const text = contactTexts(page.locale);
  const names = { company: page.company.name, service: page.service.name };
  const context: FieldContext = { text, company: names.company, values: form.values, errors: form.errors };
  const title = fill(text.formTitle, names);
  const shut = form.errors.find(({ fault }) => fault === 'closed' || fault === 'identityRequired')?.fault;
  const trapFault = faultOf(context, TRAP_NAME);
  const fields = html`<form method="post" action="${pageAddress(page)}" novalidate>
    <input type="hidden" name="token" value="${form.token}" />
    ${form.puzzleBits !== null && html`<input type="hidden" name="proof" value="" data-bits="${form.puzzleBits}" />`}
    ${messageField(context, text.message)} ${form.fields.map((field) => companyField(context, field, `${FIELD_PREFIX_NAME}${field.key}`))}
    ${addressField(context, form.noticeWays)}
    <div class="${trapFault === undefined ? 'aside' : 'field'}">
      <label for="${TRAP_NAME}">${text.trap}</label>
      <input type="text" id="${TRAP_NAME}" name="${TRAP_NAME}" value="" tabindex="-1" autocomplete="off" />
    </div>
    <button>${text.send}</button>
    <section class="notice" aria-labelledby="notice">
      <h2 id="notice">${text.noticeTitle}</h2>
      <p>${fill(text.notice, names)}</p>
    </section>
  </form>`;
  const content = html`<h1>${title}</h1>
    ${
      shut !== undefined
        ? shutSection(page, form, fill(text.faults[shut], names), shut === 'identityRequired')
        : html`<p class="lead">${text.formLead}</p>
            ${faultSummary(context)}${fields}`
    }`;
  return renderContactPage(page, assets, {
    title: form.errors.length > 0 && shut === undefined ? `${text.errorPrefix}: ${title}` : title,
    content,
    script: form.puzzleBits !== null,
  });
}
