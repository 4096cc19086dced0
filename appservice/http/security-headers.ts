/** Kinds of answers that differ in what a browser may do with them. */
export type HeaderClass = 'api' | 'panel' | 'page' | 'asset' | 'worker' | 'host-script' | 'host-page';

/** What the headers of a class depend on. */
export type HeaderSettings = {
  /** Origin people reach us under; https switches on HSTS. */
  publicOrigin: string;
  /** Further origins pages may fetch from: the homeserver's client-server API. */
  connectTo?: readonly string[];
  /** Origins that may show the panel in a frame; a company's allowed website origins. Nobody where it is absent. */
  frameAncestors?: readonly string[];
};

const POWERFUL_FEATURES = ['accelerometer', 'browsing-topics', 'camera', 'geolocation', 'gyroscope', 'midi', 'payment', 'usb'];

/** What makes passkeys and signs with them: for our own pages, never for a frame on the website of somebody else. */
const PASSKEY_FEATURES = ['publickey-credentials-create', 'publickey-credentials-get'];

/** Who may use the microphone: panel and pages for voice messages, and a website that shows the panel has to hand it on. */
function microphoneFor(kind: HeaderClass, { publicOrigin }: HeaderSettings): string {
  if (kind === 'panel' || kind === 'page') return '(self)';
  return kind === 'host-page' ? `(self "${publicOrigin}")` : '()';
}

function permissionsPolicy(kind: HeaderClass, settings: HeaderSettings): string {
  const allowed = [
    ...POWERFUL_FEATURES.map((feature) => [feature, '()']),
    ...PASSKEY_FEATURES.map((feature) => [feature, kind === 'page' ? '(self)' : '()']),
    ['microphone', microphoneFor(kind, settings)],
  ];
  return allowed.map(([feature, whom]) => `${feature}=${whom}`).join(', ');
}

function policy(directives: Record<string, readonly string[]>): string {
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');
}

// `script-src 'self'` without inline: what a page runs is a file of ours; Trusted Types close the string sinks of the DOM.
function pagePolicy(settings: HeaderSettings, ancestors: readonly string[], filesFrom: readonly string[] = []): string {
  return policy({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'blob:', 'data:', ...filesFrom],
    'media-src': ["'self'", 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(settings.connectTo ?? [])],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'frame-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ancestors,
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['smoope', 'lit-html'],
  });
}

// The demo company's website stands on another origin and embeds us as any customer's site would.
function hostPagePolicy(settings: HeaderSettings): string {
  return policy({
    'default-src': ["'none'"],
    'script-src': ["'self'", settings.publicOrigin],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'frame-src': [settings.publicOrigin],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ["'none'"],
  });
}

// The service worker runs no other script, shows nothing, and asks us and the homeserver only.
const workerPolicy = ({ connectTo = [] }: HeaderSettings): string =>
  policy({ 'default-src': ["'none'"], 'connect-src': ["'self'", ...connectTo], 'frame-ancestors': ["'none'"] });

const CLOSED_POLICY = policy({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], sandbox: [] });

function contentSecurityPolicy(kind: HeaderClass, settings: HeaderSettings): string {
  // Pictures of conversations are drawn by the address that they have at the homeserver; the service worker adds the token.
  if (kind === 'page') return pagePolicy(settings, ["'none'"], settings.connectTo);
  if (kind === 'worker') return workerPolicy(settings);
  if (kind === 'panel') return pagePolicy(settings, settings.frameAncestors?.length ? settings.frameAncestors : ["'none'"]);
  if (kind === 'host-page') return hostPagePolicy(settings);
  return CLOSED_POLICY;
}

/** The security headers of an answer, by its class (https://owasp.org/www-project-secure-headers/). */
export function securityHeaders(kind: HeaderClass, settings: HeaderSettings): Record<string, string> {
  const headers: Record<string, string> = {
    'Content-Security-Policy': contentSecurityPolicy(kind, settings),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': kind === 'host-page' ? 'strict-origin-when-cross-origin' : 'no-referrer',
    'Permissions-Policy': permissionsPolicy(kind, settings),
    'Cross-Origin-Resource-Policy': kind === 'host-script' ? 'cross-origin' : 'same-origin',
  };
  // A panel lives in the frame of another origin: isolation of the opener concerns only top-level pages.
  if (kind === 'page' || kind === 'host-page') headers['Cross-Origin-Opener-Policy'] = 'same-origin';
  if (kind === 'panel') headers['Cross-Origin-Resource-Policy'] = 'cross-origin';
  if (kind === 'api') headers['Cache-Control'] = 'no-store';
  if (settings.publicOrigin.startsWith('https:')) headers['Strict-Transport-Security'] = 'max-age=63072000; includeSubDomains';
  return headers;
}
