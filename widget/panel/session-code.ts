import type { OpenSessionResponse } from '../../appservice/visitors/visitor-wire.ts';
import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import type { Api } from '../transport/api.ts';
import { panelAddress } from '../transport/session.ts';
import type { SessionStore } from '../transport/session-store.ts';
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

/** Takes up the session that the page's address carries a code for, and takes the code out of the address. One that does not work is let go. */
export async function redeemCode(api: Api, store: SessionStore, locale: string): Promise<void> {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (!code) return;
  history.replaceState(null, '', location.pathname + location.search);
  const opened = api.call<OpenSessionResponse>({ method: 'POST', path: '/api/v1/visitor/sessions', body: { code, locale } });
  const session = await opened.catch(() => undefined);
  if (!session) return;
  const { token } = session;
  // Whom the website has named is named here too.
  const known = api.call<{ readonly identity: { readonly verified: boolean } }>({ path: '/api/v1/visitor', token });
  const isVerified = await known.then(({ identity }) => identity.verified).catch(() => false);
  store.update(() => ({ token, isVerified, outbox: [], draft: '' }));
}
