import type { ContactForm, ContactNotice, ContactPage } from '../../appservice/contact-form/contact-form-wire.ts';
import { html, type Html } from '../html.ts';
import { fill } from '../fill.ts';
import { contactTexts, pageAddress } from './contact-page.ts';
import type { ContactTexts } from './contact-texts-en.ts';
import { ADDRESS_NAME, CODE_NAME } from './field-names.ts';
import { described, errorLine, faultOf, invalid, type FieldContext } from './form-fields.ts';

const labelOf = ({ ways }: Pick<ContactNotice, 'ways'>, text: ContactTexts): string =>
  ways.length > 1 ? text.addressBoth : ways[0] === 'sms' ? text.addressSms : text.addressMail;

/** The field for the number or mail address to which notices go, with its purpose beside it; nothing where none can be sent. */
export function addressField(context: FieldContext, ways: ContactNotice['ways']): Html | false {
  const { text, values, company } = context;
  if (ways.length === 0) return false;
  const fault = faultOf(context, ADDRESS_NAME);
  const only = ways.length > 1 ? undefined : ways[0];
  const [type, complete] = only === undefined ? ['text', 'on'] : only === 'sms' ? ['tel', 'tel'] : ['email', 'email'];
  return html`<div class="field">
    <label for="${ADDRESS_NAME}">${labelOf({ ways }, text)} <span class="optional">(${text.optional})</span></label>
    <p class="hint" id="${ADDRESS_NAME}-hint">${fill(text.addressPurpose, { company })}</p>
    ${errorLine(ADDRESS_NAME, fault)}
    <input
      type="${type}"
      id="${ADDRESS_NAME}"
      name="${ADDRESS_NAME}"
      value="${values[ADDRESS_NAME] ?? ''}"
      maxlength="254"
      autocomplete="${complete}"
      dir="auto"
      ${invalid(fault)}${described(ADDRESS_NAME, fault, true)}
    />
  </div>`;
}

function codeForm(page: ContactPage, notice: ContactNotice, context: FieldContext): Html {
  const { text } = context;
  const fault = faultOf(context, CODE_NAME);
  return html`<form method="post" action="${pageAddress(page, '/notice/code')}" novalidate>
    <div class="field">
      <label for="${CODE_NAME}">${text.code}</label>
      <p class="hint" id="${CODE_NAME}-hint">${fill(text.codeHint, { address: notice.address ?? '' })}</p>
      ${errorLine(CODE_NAME, fault)}
      <input
        type="text"
        id="${CODE_NAME}"
        name="${CODE_NAME}"
        value=""
        inputmode="numeric"
        maxlength="12"
        autocomplete="one-time-code"
        ${invalid(fault)}${described(CODE_NAME, fault, true)}
      />
    </div>
    <button class="quiet">${text.codeSend}</button>
  </form>`;
}

const stopForm = (page: ContactPage, label: string): Html =>
  html`<form method="post" action="${pageAddress(page, '/notice/stop')}"><button class="quiet">${label}</button></form>`;

/** Whether the person is told of an answer: the address, the code that was sent there, or the way to end it. */
export function noticeSection(
  page: ContactPage,
  notice: ContactNotice,
  { values, errors }: Pick<ContactForm, 'values' | 'errors'>,
): Html | false {
  const text = contactTexts(page.locale);
  const context: FieldContext = { text, company: page.company.name, values, errors };
  const { ways, state, address } = notice;
  if (ways.length === 0 && state === 'none') return false;
  return html`<section aria-labelledby="notices">
    <h2 id="notices">${text.noticesTitle}</h2>
    ${
      state === 'proven'
        ? html`<p>${fill(text.noticesProven, { address: address ?? '' })}</p>
            ${stopForm(page, text.noticesStop)}`
        : state === 'asked'
          ? html`${codeForm(page, notice, context)}${stopForm(page, text.addressOther)}`
          : html`<form method="post" action="${pageAddress(page, '/notice')}" novalidate>
              ${addressField(context, ways)}<button class="quiet">${text.addressSend}</button>
            </form>`
    }
  </section>`;
}
