import { z } from 'zod';
import type { Company } from '../companies/company.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import { readForm, refuseForeignForm } from '../http/form-body.ts';
import { localeOf } from '../http/page-locale.ts';
import { countedOf, type Counted, type RateLimit } from '../http/rate-limit.ts';
import { securityHeaders, type HeaderSettings } from '../http/security-headers.ts';
import { route, type PlainAnswer, type Route, type RouteDeclaration } from '../http/route.ts';
import { contactCookie, readContactCookie } from './contact-cookie.ts';
import { shutFor } from './contact-error.ts';
import type { ContactFormService } from './contact-form-service.ts';
import {
  ADDRESS_FIELD,
  CODE_FIELD,
  type ContactConversation,
  type ContactError,
  type ContactFault,
  type ContactForm,
  type ContactLinkState,
  type ContactPage,
  type ContactSent,
} from './contact-form-wire.ts';

/** Templates of the pages; each answers a whole document. */
export type ContactTemplates = {
  readonly form: (page: ContactPage, form: ContactForm) => string;
  readonly sent: (page: ContactPage, sent: ContactSent) => string;
  readonly conversation: (page: ContactPage, conversation: ContactConversation) => string;
  readonly link: (page: ContactPage, state: ContactLinkState) => string;
};

type Dependencies = {
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly service: ContactFormService;
  readonly templates: ContactTemplates;
  /** Style sheet with the company's colours. */
  readonly colorSheet: (company: Company) => string;
  readonly rateLimit: RateLimit;
  readonly cookieSeconds: number;
  readonly serviceName: string;
  readonly publicOrigin: string;
  readonly headers: HeaderSettings;
};

type Session = AuthTypes['visitor'];
type Fault = Pick<ContactError, 'retryAfterMs'>;

/** What a page is asked with. */
type Visit = { readonly context: HttpContext; readonly company: Company; readonly page: ContactPage; readonly code: string };

const slug = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the slug of a company');
// Whatever it is: a person who has half a link reads a page, as with one that is used up.
const code = z.string().max(1_000);

/** A message, the company's fields and room for what is typed by mistake. */
const FORM_LIMIT = 128 * 1024;

const STATUS: Readonly<Partial<Record<ContactFault, number>>> = {
  busy: 429,
  puzzle: 429,
  unavailable: 503,
  closed: 403,
  identityRequired: 403,
  blocked: 403,
};

/** Says when sending again makes sense, in whole seconds (RFC 9110, 10.2.3). */
const retryAfter = ({ retryAfterMs }: Pick<ContactError, 'retryAfterMs'>): Record<string, string> =>
  retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) };

const PAGE = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', Vary: 'Accept-Language, Cookie' } as const;

/** A company's contact form, complete without any script, and the conversation that follows from it. */
export function contactFormRoutes(dependencies: Dependencies): Route[] {
  const { findCompany, service, templates, colorSheet, rateLimit, cookieSeconds, serviceName, publicOrigin, headers } = dependencies;

  const answer = (status: number, body: string, error: Fault = {}, more: Record<string, string> = {}): PlainAnswer => ({
    status,
    body,
    headers: { ...PAGE, ...retryAfter(error), ...more },
  });

  /** A page of the form itself may stand in a frame on the company's websites, and nowhere else. */
  function answerFramed({ company, page }: Visit, status: number, body: string, error: Fault = {}): PlainAnswer {
    const frameAncestors = ["'self'", ...company.settings.origins];
    return answer(status, body, error, page.isFramed ? securityHeaders('panel', { ...headers, frameAncestors }) : {});
  }

  const goTo = ({ company, context }: Visit, path: string, more: Record<string, string> = {}): PlainAnswer => {
    const hash = path === '/conversation' ? '#latest' : '';
    // The language that was asked for goes along.
    const query = typeof context.query['locale'] === 'string' ? `?locale=${encodeURIComponent(localeOf(context))}` : '';
    return {
      status: 303,
      headers: { 'Cache-Control': 'no-store', Location: `/contact/${company.slug}${path}${query}${hash}`, ...more },
    };
  };

  const cookieFor = ({ company }: Visit, token: string | undefined) => contactCookie(company.slug, token, cookieSeconds);

  const sessionOf = ({ company, context }: Visit): Promise<Session | undefined> =>
    service.use(company, readContactCookie(context, company.slug));

  /** Counts a request; answers what is wrong where it is one too many, and when it is none any more. */
  async function findLimit(
    { context, company }: Visit,
    limit: 'contact-form' | 'ask-code' | 'try-link' | 'write',
    error: Pick<ContactError, 'field' | 'fault'>,
    counted: Counted = { network: context.ip, company: company.id },
  ): Promise<ContactError | undefined> {
    try {
      await rateLimit(limit, counted);
      return undefined;
    } catch (refusal) {
      if (!(refusal instanceof ApiError && refusal.code === 'M_LIMIT_EXCEEDED')) throw refusal;
      return { ...error, retryAfterMs: refusal.retryAfterMs ?? 0 };
    }
  }

  /** What holds a form off before it is looked at: too many of one network, and of addresses that are asked to be written to. */
  async function findFormLimit(visit: Visit, values: Readonly<Record<string, string>>): Promise<ContactError | undefined> {
    const limited = await findLimit(visit, 'contact-form', { field: null, fault: 'busy' });
    if (limited !== undefined || (values[ADDRESS_FIELD] ?? '').trim() === '') return limited;
    return findLimit(visit, 'ask-code', { field: ADDRESS_FIELD, fault: 'tooManyCodes' });
  }

  async function valuesOf(context: HttpContext): Promise<Record<string, string>> {
    refuseForeignForm(context);
    const form = await readForm(context, FORM_LIMIT);
    // Browsers send line breaks as two characters.
    return Object.fromEntries([...form].slice(0, 60).map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]));
  }

  async function showForm(visit: Visit): Promise<PlainAnswer> {
    const { company, page } = visit;
    const fault = shutFor(company);
    const form = await service.formOf(company, page.locale, fault === undefined ? {} : { errors: [{ field: null, fault }] });
    return answerFramed(visit, fault === undefined ? 200 : 403, templates.form(page, form));
  }

  async function takeForm(visit: Visit): Promise<PlainAnswer> {
    const { context, company, page } = visit;
    const values = await valuesOf(context);
    const { locale } = page;
    const limited = await findFormLimit(visit, values);
    if (limited !== undefined) {
      const form = await service.formOf(company, locale, { values, token: values['token'] ?? '', errors: [limited] });
      return answerFramed(visit, 429, templates.form(page, form), limited);
    }
    const known = page.isFramed ? undefined : await sessionOf(visit);
    const submission = await service.submit(company, values, { known, locale });
    if (submission.kind === 'sent' && page.isFramed) return showSentFramed(visit, submission.token);
    if (submission.kind === 'sent') return goTo(visit, '/sent', submission.token === undefined ? {} : cookieFor(visit, submission.token));
    const [error] = submission.form.errors;
    return answerFramed(visit, (error && STATUS[error.fault]) ?? 422, templates.form(page, submission.form), error);
  }

  /** At once and without a cookie, which browsers refuse to frames: the one-time link is the way to the answer. */
  async function showSentFramed(visit: Visit, token: string | undefined): Promise<PlainAnswer> {
    const session = await service.use(visit.company, token);
    const sent = session === undefined ? undefined : await service.describeSent(visit.company, session);
    if (sent === undefined) return showForm(visit);
    return answerFramed(visit, 200, templates.sent(visit.page, sent));
  }

  async function showSent(visit: Visit, more: Parameters<typeof service.describeSent>[2] = {}, status = 200): Promise<PlainAnswer> {
    const session = await sessionOf(visit);
    const sent = session === undefined ? undefined : await service.describeSent(visit.company, session, more);
    return sent === undefined ? goTo(visit, '') : answer(status, templates.sent(visit.page, sent), more.errors?.[0]);
  }

  async function changeNotice(visit: Visit, change: Parameters<typeof service.changeNotice>[1]): Promise<PlainAnswer> {
    const { context, page } = visit;
    const values = await valuesOf(context);
    const isAsked = change === 'ask';
    const session = await sessionOf(visit);
    if (session === undefined) return answer(200, templates.link(page, 'used'));
    const limited =
      change === 'stop'
        ? undefined
        : await findLimit(visit, isAsked ? 'ask-code' : 'try-link', { field: isAsked ? ADDRESS_FIELD : CODE_FIELD, fault: 'tooManyCodes' });
    if (limited !== undefined) return showSent(visit, { values, errors: [limited] }, 429);
    const error = await service.changeNotice(session, change, values, page.locale);
    return error === undefined ? goTo(visit, '/sent') : showSent(visit, { values, errors: [error] }, 422);
  }

  async function showConversation(
    visit: Visit,
    more: Parameters<typeof service.describeConversation>[2] = {},
    status = 200,
  ): Promise<PlainAnswer> {
    const session = await sessionOf(visit);
    const conversation = session === undefined ? undefined : await service.describeConversation(visit.company, session, more);
    if (conversation === undefined) return answer(200, templates.link(visit.page, 'used'));
    return answer(
      status,
      templates.conversation(visit.page, conversation),
      more.errors?.[0],
      cookieFor(visit, readContactCookie(visit.context, visit.company.slug)),
    );
  }

  async function takeAnswer(visit: Visit): Promise<PlainAnswer> {
    const values = await valuesOf(visit.context);
    const session = await sessionOf(visit);
    if (session === undefined) return answer(200, templates.link(visit.page, 'used'));
    const busy = { field: null, fault: 'busy' } as const;
    // The person writes no more often here than in the chat.
    const limited =
      (await findLimit(visit, 'contact-form', busy)) ?? (await findLimit(visit, 'write', busy, countedOf('visitor', session)));
    const error = limited ?? (await service.answer(visit.company, session, values));
    if (error === undefined) return goTo(visit, '/conversation');
    const token = error.fault === 'expired' ? {} : { token: values['token'] ?? '' };
    return showConversation(visit, { values, errors: [error], ...token }, STATUS[error.fault] ?? 422);
  }

  const isCode = ({ code: given }: Visit): boolean => /^[\w-]{8,100}$/.test(given);

  const showLink = (visit: Visit): PlainAnswer =>
    isCode(visit) ? answer(200, templates.link(visit.page, 'unopened')) : answer(410, templates.link(visit.page, 'used'));

  async function openLink(visit: Visit): Promise<PlainAnswer> {
    const { context, company, page } = visit;
    refuseForeignForm(context);
    const limited = await findLimit(visit, 'try-link', { field: null, fault: 'busy' }, { network: context.ip });
    if (limited !== undefined) return answer(429, templates.link(page, 'busy'), limited);
    const token = isCode(visit) ? await service.openLink(company, visit.code, page.locale) : undefined;
    return token === undefined ? answer(410, templates.link(page, 'used')) : goTo(visit, '/conversation', cookieFor(visit, token));
  }

  async function leave(visit: Visit): Promise<PlainAnswer> {
    refuseForeignForm(visit.context);
    const session = await sessionOf(visit);
    if (session !== undefined) await service.leave(session);
    return goTo(visit, '', cookieFor(visit, undefined));
  }

  async function visitOf(context: HttpContext, params: { slug: string; code?: string | undefined }): Promise<Visit> {
    const company = await findCompany(params.slug);
    if (company === undefined) throw new ApiError('M_UNRECOGNIZED', 'There is nothing under this path.');
    const { imprintUrl, privacyUrl } = company.settings;
    const page: ContactPage = {
      locale: localeOf(context),
      isFramed: context.query['framed'] === '1',
      company: {
        slug: company.slug,
        name: company.name,
        logoUrl: company.logoMxc === null ? null : `/api/v1/companies/${company.slug}/logo`,
        imprintUrl,
        privacyUrl,
        websiteUrl: company.settings.origins[0] ?? null,
      },
      service: { name: serviceName, privacyUrl: `${publicOrigin}/privacy/${company.slug}` },
    };
    return { context, company, page, code: params.code ?? '' };
  }

  function pageRoute(
    method: 'get' | 'post',
    path: string,
    summary: string,
    handle: (visit: Visit) => Promise<PlainAnswer> | PlainAnswer,
  ): Route {
    const responses: RouteDeclaration['responses'] = { 200: { description: 'The page.' } };
    const declaration = {
      method,
      path: `/contact/:slug${path}`,
      summary,
      auth: 'none',
      fromAnywhere: 'Each that changes something looks by itself whether the form is one of ours, and answers with a page.',
      headers: 'page',
      hidden: true,
      params: z.object({ slug, code: code.optional() }),
      responses,
    } as const;
    return route(declaration, async ({ context, params }) => handle(await visitOf(context, params)));
  }

  return [
    pageRoute('get', '', 'The contact form of a company.', showForm),
    pageRoute('post', '', 'Sends the contact form.', takeForm),
    pageRoute('get', '/sent', 'Says that the message arrived, and how the answer is read.', showSent),
    pageRoute('get', '/conversation', 'The conversation, for who has sent the form or opened a link.', (visit) => showConversation(visit)),
    pageRoute('post', '/conversation', 'Sends an answer in the conversation.', takeAnswer),
    pageRoute('get', '/open/:code', 'A link back to a conversation; looking at it does not use it up.', showLink),
    pageRoute('post', '/open/:code', 'Uses a link up and opens the conversation.', openLink),
    pageRoute('post', '/notice', 'Asks for notices of an answer; a code is sent.', (visit) => changeNotice(visit, 'ask')),
    pageRoute('post', '/notice/code', 'Enters the code that was sent.', (visit) => changeNotice(visit, 'prove')),
    pageRoute('post', '/notice/stop', 'Ends the notices.', (visit) => changeNotice(visit, 'stop')),
    pageRoute('post', '/leave', 'Ends the session in this browser.', leave),
    pageRoute('get', '/colors.css', 'Colours of the company.', ({ company }) => ({
      status: 200,
      headers: { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' },
      body: colorSheet(company),
    })),
  ];
}
