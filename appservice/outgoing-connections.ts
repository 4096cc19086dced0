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

/** Everything outside our own machines that an installation with these settings connects to; the homeserver is our own. */
export function outgoingConnections({ sms, mail }: Pick<Config, 'sms' | 'mail'>): OutgoingConnection[] {
  const gateways = sms.adapter === 'gateways' ? [sms.first, sms.second] : [];
  return [
    ...gateways.flatMap((gateway) =>
      gateway.gateway === 'none' ? [] : [{ host: NAMED_HOSTS[gateway.gateway], purpose: 'texts to mobile numbers', ...gateway.location }],
    ),
    ...(mail.adapter === 'smtp' ? [{ host: mail.host, purpose: 'mails', ...mail.location }] : []),
  ];
}
