import type { LoaderToPanel, PanelSettings, PanelToLoader } from '../../appservice/visitors/panel-wire.ts';
import type { OpenSessionResponse } from '../../appservice/visitors/visitor-wire.ts';
import { loadTexts, type Texts } from '../locales/load.ts';
import { type Api, ApiFailure } from '../transport/api.ts';
import { panelAddress } from '../transport/session.ts';
import { checkField, cleanValue } from './pre-chat/field-check.ts';
import { applyTheme } from './theme.ts';
import type { PanelClient } from './panel-view.ts';
import { adoptSession, forgetSession, loseIdentity } from './session-changes.ts';

/** What commands of the website work on. */
export type HostParts = {
  readonly api: Api;
  readonly client: PanelClient;
  readonly settings: PanelSettings;
  readonly tell: (message: PanelToLoader) => void;
  /** Speaks another language; the settings hold the company's words in it. */
  readonly speak: (settings: PanelSettings, texts: Texts) => void;
  /** The panel on the page; its menu opens at an element. */
  readonly app: Pick<HTMLElement, 'shadowRoot'> & { menuAt: HTMLElement | undefined };
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
  settings: ({ value }) => isObject(value),
  identify: ({ value }) => isIdentity(value),
  setAttributes: ({ value }) => areAttributes(value),
  setLocale: ({ value }) => typeof value === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value),
  setTheme: ({ value }) => isTheme(value),
};

const isIdentity = (value: unknown): value is string => typeof value === 'string' && value.length <= 8192;
const isTheme = (value: unknown): value is 'light' | 'dark' | 'auto' => value === 'light' || value === 'dark' || value === 'auto';
const areAttributes = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((entry) => typeof entry === 'string' && entry.length <= 1000);

/** Whether a value is a message of the loader. */
export function isCommand(value: unknown): value is LoaderToPanel {
  return isObject(value) && fits(value);
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

/** Values for fields that the company asks for; what it does not ask is not sent, and what does not fit would hold up the message. */
function describe(values: Readonly<Record<string, string>>, { client, settings, tell }: HostParts): void {
  const asked = (settings.preChat ?? []).flatMap((field) => {
    const value = cleanValue(values[field.key] ?? '');
    return value ? [{ field, value }] : [];
  });
  const fitting = asked.filter(({ field, value }) => !checkField({ ...field, required: false }, value));
  client.describe({ ...client.view().fields, ...Object.fromEntries(fitting.map(({ field, value }) => [field.key, value])) });
  if (fitting.length < asked.length) tell({ type: 'error', code: 'M_INVALID_PARAM' });
}

async function speakLanguage(locale: string, { api, settings, speak }: HostParts): Promise<void> {
  const next = await api.call<PanelSettings>({ path: panelAddress(settings.company.slug, settings.channel, locale) });
  const texts = await loadTexts(next.locale);
  // Parts that have come already ask for their texts in the new language at once.
  await texts.loadMore();
  speak(next, texts);
}

/** An attribute of the script tag is text; one that is no JSON stays what it is and is left out. */
function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return value;
  }
}

/** What the website wants from the beginning; a value that is none is left out, the others hold. */
async function begin({ theme, identity, attributes }: Fields, parts: HostParts): Promise<void> {
  if (isTheme(theme)) applyTheme(theme);
  const values = parsed(attributes);
  if (areAttributes(values)) describe(values, parts);
  if (isIdentity(identity)) await identify(identity, parts);
}

async function run(command: LoaderToPanel, parts: HostParts): Promise<void> {
  const { app } = parts;
  switch (command.type) {
    case 'settings':
      return begin(command.value, parts);
    case 'identify':
      return identify(command.value, parts);
    case 'logout':
      return logOut(parts);
    case 'setAttributes':
      return describe(command.value, parts);
    case 'setLocale':
      return speakLanguage(command.value, parts);
    case 'setTheme':
      return applyTheme(command.value);
    case 'popout':
      // The person opens the window: its address carries a code, and who has the code has the session.
      app.menuAt =
        app.shadowRoot?.querySelector('smoope-panel-header')?.shadowRoot?.querySelector<HTMLElement>('[aria-haspopup]') ?? undefined;
      return undefined;
    case 'shown':
    case 'hidden':
      return undefined;
  }
}

function fits(message: Fields): boolean {
  const { type } = message;
  return typeof type === 'string' && Object.hasOwn(checks, type) && checks[type as LoaderToPanel['type']](message);
}

/** The website's side of the panel. */
export type HostCommands = {
  /**
   * Does what the website asked for, one after the other: whoever signs out while a name is on its way is signed out; what cannot be
   * done is told with the code of the API, never with words or a token. What is no command is told as an error.
   */
  readonly obey: (command: unknown) => Promise<void>;
  /** The server refused a message for good: the website is told, and asked anew who this is where it must say so. */
  readonly tellRefusal: (error: unknown) => void;
};

let before: Promise<void> = Promise.resolve();

/** Makes the website's side of a panel. */
export function hostCommands(parts: HostParts): HostCommands {
  const { client, tell } = parts;

  async function obey(command: unknown): Promise<void> {
    if (!isCommand(command)) return tell({ type: 'error', code: 'unknown-command' });
    try {
      await run(command, parts);
    } catch (error) {
      tell({ type: 'error', code: error instanceof ApiFailure ? error.errcode : '' });
    }
  }

  return {
    obey: (command) => (before = before.then(() => obey(command))),
    tellRefusal: (error) => {
      const code = error instanceof ApiFailure ? error.errcode : '';
      tell({ type: 'error', code });
      if (code === 'COM_SMOOPE_IDENTITY_REQUIRED') loseIdentity(client);
    },
  };
}
