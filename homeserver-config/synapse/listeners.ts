import { isIP } from 'node:net';
import type { Config } from '../../appservice/config.ts';
import { setting, type Setting } from './setting.ts';

/** Synapse listens where the appservice's config says it is reached; a name that is not ours to bind means all addresses. */
function bindAddresses(hostname: string): string[] {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost') return ['127.0.0.1'];
  return isIP(host) > 0 ? [host] : ['0.0.0.0'];
}

/** Ports of Synapse: the client-server API (with /health) and figures; no federation, no replication, no manhole. */
export function listenerSettings(config: Config): Setting[] {
  const url = new URL(config.homeserver.url);
  const production = config.profile === 'production';
  return [
    setting(
      'listeners',
      [
        {
          type: 'http',
          port: Number(url.port || (url.protocol === 'https:' ? '8448' : '80')),
          bind_addresses: bindAddresses(url.hostname),
          tls: false,
          x_forwarded: production,
          // `openid` says whose OpenID token it is, to the appservice alone: the proxy lets nobody else there.
          resources: [{ names: ['client', 'openid'], compress: false }],
        },
        { type: 'metrics', port: config.homeserver.metricsPort, bind_addresses: ['127.0.0.1'] },
      ],
      production
        ? 'TLS ends at the proxy, which passes truncated client addresses only. No federation resource until companies with a server of their own are configured.'
        : 'Everything on this machine; no proxy stands in front.',
    ),
    setting('enable_metrics', true, 'Figures for Prometheus on the loopback listener above; counts and durations, no names.'),
    setting('public_baseurl', `${config.homeserver.publicUrl.replace(/\/$/, '')}/`, 'How people reach this server with a Matrix client.'),
    setting('serve_server_wellknown', false, 'No federation, so nothing to announce to other servers.'),
    setting(
      'extra_well_known_client_content',
      { 'io.element.e2ee': { default: false } },
      'Element would encrypt each new direct chat; conversations choose per room, and a bot or a widget could not read along.',
    ),
  ];
}
