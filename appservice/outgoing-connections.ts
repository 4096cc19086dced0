import type { Config } from './config.ts';

/** A service outside our own machines that the appservice connects to. */
export type OutgoingConnection = {
  readonly host: string;
  readonly purpose: string;
  /** Who runs it, and in which country. */
  readonly operator: string;
  readonly country: string;
};

/** Hosts that our code itself names; a test holds that there are no others. Those of settings are added by `outgoingConnections`. */
export const NAMED_HOSTS = { seven: 'gateway.seven.io', lox24: 'api.lox24.eu' } as const;

/** As `NAMED_HOSTS`, of networks with whose accounts people sign in. */
export const NETWORK_HOSTS = {
  facebook: ['graph.facebook.com'],
  google: ['accounts.google.com', 'oauth2.googleapis.com', 'openidconnect.googleapis.com'],
} as const;

/** Hosts that pages link to and people are sent to; nothing of ours connects to them. */
export const LINKED_HOSTS = ['www.facebook.com', 'policies.google.com'] as const;

const networkPurpose = (label: string): string => `sign-in with ${label}`;

function networkConnections({ facebook, google, others }: Config['networks']): OutgoingConnection[] {
  const presets = [
    ...(facebook.adapter === 'facebook' ? [{ label: 'Facebook', hosts: NETWORK_HOSTS.facebook, location: facebook.location }] : []),
    ...(google.adapter === 'google' ? [{ label: 'Google', hosts: NETWORK_HOSTS.google, location: google.location }] : []),
  ];
  const own = others.map(({ label, issuer, hosts, location }) => ({ label, hosts: [new URL(issuer).host, ...hosts], location }));
  return [...presets, ...own].flatMap(({ label, hosts, location }) =>
    hosts.map((host) => ({ host, purpose: networkPurpose(label), ...location })),
  );
}

/** Everything outside our own machines that an installation with these settings connects to; the homeserver is our own. */
export function outgoingConnections({ sms, mail, networks }: Pick<Config, 'sms' | 'mail' | 'networks'>): OutgoingConnection[] {
  const gateways = sms.adapter === 'gateways' ? [sms.first, sms.second] : [];
  return [
    ...gateways.flatMap((gateway) =>
      gateway.gateway === 'none' ? [] : [{ host: NAMED_HOSTS[gateway.gateway], purpose: 'texts to mobile numbers', ...gateway.location }],
    ),
    ...(mail.adapter === 'smtp' ? [{ host: mail.host, purpose: 'mails', ...mail.location }] : []),
    ...networkConnections(networks),
  ];
}
