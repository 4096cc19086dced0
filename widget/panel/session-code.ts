import type { ConversationsResponse } from '../../appservice/conversations/conversation-wire.ts';
import type { OpenSessionResponse } from '../../appservice/visitors/visitor-wire.ts';
import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import type { Texts } from '../locales/load.ts';
import type { Api, ApiFailure } from '../transport/api.ts';
import { panelAddress } from '../transport/session.ts';
import type { Kept, SessionStore } from '../transport/session-store.ts';
import type { PanelClient } from './panel-view.ts';

/** What a code is for: a window of its own (30 s), another device or an account in the app (10 min each). */
export type CodePurpose = 'popout' | 'app' | 'resume';

/** Address of this panel as a page of its own, or of the page that leads into the app, and until when its code works; without a conversation it carries none. */
export type CodedAddress = { readonly url: string; readonly expiresAt: number };

/** Makes an address under which the session goes on elsewhere. The code stands in the fragment, which no server sees. Throws `ApiFailure`. */
export async function addressWithCode(
  client: PanelClient,
  { company, locale }: PanelSettings,
  purpose: CodePurpose,
): Promise<CodedAddress> {
  const page = location.origin + panelAddress(company.slug, 'widget', locale);
  if (!client.view().hasSession) return { url: page, expiresAt: 0 };
  const { code, expiresAt } = await client.call<{ readonly code: string; readonly expiresAt: number }>({
    method: 'POST',
    path: '/api/v1/visitor/session/codes',
    body: { purpose },
  });
  const coded = `code=${encodeURIComponent(code)}`;
  return {
    url: purpose === 'app' ? `${location.origin}/account/continue#${coded}&company=${company.slug}` : `${page}#${coded}`,
    expiresAt,
  };
}

/** Ids of the conversations of a session; none for one that has ended. Throws where that cannot be known. */
async function conversationsOf(api: Api, token: string): Promise<readonly string[]> {
  try {
    const { conversations } = await api.call<ConversationsResponse>({ path: '/api/v1/visitor/conversations', token });
    return conversations.map(({ id }) => id);
  } catch (error) {
    // Asked by status and not by class: what this part takes from the panel itself, every opening of the panel pays for.
    if ((error as Partial<ApiFailure>).status === 401) return [];
    throw error;
  }
}

/** What this browser has of a session and what the code opened: of one person, of two, or there is nothing yet that could be lost. */
async function compare(api: Api, { token, outbox, draft }: Kept, opened: string): Promise<'nothing' | 'same' | 'other'> {
  if (!token) return 'nothing';
  try {
    const [own, theirs] = await Promise.all([conversationsOf(api, token), conversationsOf(api, opened)]);
    if (own.some((id) => theirs.includes(id))) return 'same';
    return own.length + outbox.length + draft.length > 0 ? 'other' : 'nothing';
  } catch {
    return 'other';
  }
}

/**
 * Takes up the session that the page's address carries a code for, and takes the code out of the address. One that does not work
 * is let go. A link may be a stranger's: where it opens what is not the person's own, they are asked before it takes the place of
 * the conversations that this browser keeps, and what they do not take is ended.
 */
export async function redeemCode(api: Api, store: SessionStore, { company, locale }: PanelSettings, texts: Texts): Promise<void> {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (!code) return;
  history.replaceState(null, '', location.pathname + location.search);
  const opened = api.call<OpenSessionResponse>({ method: 'POST', path: '/api/v1/visitor/sessions', body: { code, locale } });
  const session = await opened.catch(() => undefined);
  if (!session) return;
  const { token } = session;
  const found = await compare(api, store.read(), token);
  if (found === 'other' && !(await mayTakeOther(company.name, texts))) {
    await api.call({ method: 'DELETE', path: '/api/v1/visitor/session', token }).catch(() => undefined);
    return;
  }
  // Whom the website has named is named here too.
  const known = api.call<{ readonly identity: { readonly verified: boolean } }>({ path: '/api/v1/visitor', token });
  const isVerified = await known.then(({ identity }) => identity.verified).catch(() => false);
  store.update(() => ({ token, isVerified, ...(found === 'same' ? {} : { outbox: [], draft: '' }) }));
}

/** Asks the person; without an answer nothing of theirs is given up. */
async function mayTakeOther(company: string, { loadMore, text }: Texts): Promise<boolean> {
  try {
    await loadMore();
    return await (await import('./session-choice/session-choice.ts')).askForOther(company, text);
  } catch {
    return false;
  }
}
