import type { LoaderToPanel, PanelSettings, PanelToLoader } from '../../appservice/visitors/panel-wire.ts';
import type { OpenSessionResponse } from '../../appservice/visitors/visitor-wire.ts';
import { loadTexts, type Texts } from '../locales/load.ts';
import { type Api, ApiFailure } from '../transport/api.ts';
import { panelAddress } from '../transport/session.ts';
import { applyTheme } from './theme.ts';
import type { PanelClient } from './panel-view.ts';
import { adoptSession, forgetSession } from './session-changes.ts';
import { addressWithCode } from './session-code.ts';

/** What commands of the website work on. */
export type HostParts = {
  readonly api: Api;
  readonly client: PanelClient;
  readonly settings: PanelSettings;
  readonly tell: (message: PanelToLoader) => void;
  /** Speaks another language; the settings hold the company's words in it. */
  readonly speak: (settings: PanelSettings, texts: Texts) => void;
};

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const anything = () => true;

/** What each message must hold; a type that is not named here is not ours. */
const checks: Readonly<Record<LoaderToPanel['type'], (message: Fields) => boolean>> = {
  shown: anything,
  hidden: anything,
  logout: anything,
  popout: anything,
  identify: ({ token }) => typeof token === 'string' && token.length <= 8192,
  attributes: ({ values }) => isObject(values) && Object.values(values).every((value) => typeof value === 'string' && value.length <= 1000),
  locale: ({ locale }) => typeof locale === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(locale),
  theme: ({ theme }) => theme === 'light' || theme === 'dark' || theme === 'auto',
};

/** Whether a value is a message of the loader. */
export function isCommand(value: unknown): value is LoaderToPanel {
  if (!isObject(value) || typeof value['type'] !== 'string' || !Object.hasOwn(checks, value['type'])) return false;
  return checks[value['type'] as LoaderToPanel['type']](value);
}

async function identify(token: string, { client, tell }: HostParts): Promise<void> {
  const session = await client.call<OpenSessionResponse>({ method: 'POST', path: '/api/v1/visitor/identity', body: { token } });
  adoptSession(client, session.token);
  tell({ type: 'identified', verified: true });
}

async function logOut({ client, tell }: HostParts): Promise<void> {
  const ended = client.view().hasSession
    ? client.call({ method: 'DELETE', path: '/api/v1/visitor/session' }).catch(() => undefined)
    : Promise.resolve();
  // The next user of this browser must find nothing, whether or not the server could be told.
  await ended;
  forgetSession(client);
  tell({ type: 'identified', verified: false });
}

/** Values for fields that the company asks for; what it does not ask is not sent. */
function describe(values: Readonly<Record<string, string>>, { client, settings }: HostParts): void {
  const asked = new Set((settings.preChat ?? []).map(({ key }) => key));
  client.describe(Object.fromEntries(Object.entries(values).filter(([key]) => asked.has(key))));
}

async function speakLanguage(locale: string, { api, settings, speak }: HostParts): Promise<void> {
  const next = await api.call<PanelSettings>({ path: panelAddress(settings.company.slug, settings.channel, locale) });
  const texts = await loadTexts(next.locale);
  // Parts that have come already ask for their texts in the new language at once.
  await texts.loadMore();
  speak(next, texts);
}

async function run(command: LoaderToPanel, parts: HostParts): Promise<void> {
  const { client, settings, tell } = parts;
  switch (command.type) {
    case 'identify':
      return identify(command.token, parts);
    case 'logout':
      return logOut(parts);
    case 'attributes':
      return describe(command.values, parts);
    case 'locale':
      return speakLanguage(command.locale, parts);
    case 'theme':
      return applyTheme(command.theme);
    case 'popout':
      return tell({ type: 'popout', url: (await addressWithCode(client, settings, 'popout')).url });
    case 'shown':
    case 'hidden':
      return undefined;
  }
}

/** Does what the website asked for; what cannot be done is told with the code of the API, never with words or a token. What is no command is ignored. */
export async function obeyHost(command: unknown, parts: HostParts): Promise<void> {
  if (!isCommand(command)) return;
  try {
    await run(command, parts);
  } catch (error) {
    parts.tell({ type: 'error', code: error instanceof ApiFailure ? error.errcode : '' });
  }
}
