import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import type { OpenSessionRequest, OpenSessionResponse } from '../../appservice/visitors/visitor-wire.ts';
import { type Api, ApiFailure, isSessionGone } from './api.ts';
import type { SessionStore } from './session-store.ts';

/** The visitor's session: opened by the first message, then used by everything. */
export type Session = {
  /** Token of the session, or undefined as long as there is none. */
  readonly token: () => string | undefined;
  /** Runs a request with the token, opening a session first where there is none; one that ended is replaced once. */
  readonly use: <T>(request: (token: string) => Promise<T>) => Promise<T>;
  /** Forgets the session with this token, if it still is the present one. */
  readonly forget: (token: string) => void;
};

/** What a session needs. */
export type SessionParts = {
  readonly api: Api;
  readonly store: SessionStore;
  /** Company, language and channel; its ticket opens the first session. */
  readonly settings: Pick<PanelSettings, 'locale' | 'channel' | 'ticket'> & { readonly company: { readonly slug: string } };
};

/** Address of the panel page, which also answers JSON with a fresh ticket. */
export const panelAddress = (slug: string, channel: string, locale: string): string =>
  `/widget/${encodeURIComponent(slug)}?channel=${encodeURIComponent(channel)}&locale=${encodeURIComponent(locale)}`;

/** Makes the session of a panel or form. */
export function createSession({ api, store, settings }: SessionParts): Session {
  const { locale, channel } = settings;
  let ticket = settings.ticket;
  let opening: Promise<string> | undefined;

  async function freshTicket(): Promise<string> {
    const path = panelAddress(settings.company.slug, channel, locale);
    const page = await api.call<PanelSettings>({ path });
    if (!page.ticket) throw new ApiFailure(403, 'COM_SMOOPE_COMPANY_NOT_OPEN');
    return page.ticket;
  }

  function spend(spent: string): Promise<OpenSessionResponse> {
    return api.call({ method: 'POST', path: '/api/v1/visitor/sessions', body: { ticket: spent, locale } satisfies OpenSessionRequest });
  }

  async function openWith(first: string | null): Promise<OpenSessionResponse> {
    if (first) {
      try {
        return await spend(first);
      } catch (error) {
        if (!(error instanceof ApiFailure && error.errcode === 'COM_SMOOPE_TICKET_USED')) throw error;
      }
    }
    return spend(await freshTicket());
  }

  async function open(): Promise<string> {
    const first = ticket;
    ticket = null;
    const { token } = await openWith(first);
    // Another tab may have opened one in the meantime: theirs has the conversation already.
    store.update((kept) => ({ token: kept.token ?? token }));
    return store.read().token ?? token;
  }

  function ensure(): Promise<string> {
    const { token } = store.read();
    if (token) return Promise.resolve(token);
    opening ??= open().finally(() => (opening = undefined));
    return opening;
  }

  function forget(token: string): void {
    store.update((kept) => (kept.token === token ? { token: null, isVerified: false } : {}));
  }

  async function use<T>(request: (token: string) => Promise<T>): Promise<T> {
    const token = await ensure();
    try {
      return await request(token);
    } catch (error) {
      if (!isSessionGone(error)) throw error;
      forget(token);
      return request(await ensure());
    }
  }

  return { token: () => store.read().token ?? undefined, use, forget };
}
