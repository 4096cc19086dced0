import type { Config } from '../../appservice/config.ts';

/** Where the operator put the certificate of a host; Certbot's places by default. */
const certificateOf = (host: string): string => `/etc/letsencrypt/live/${host}`;

/**
 * A client's address without its last part (IPv4: 24 bits are left, IPv6: 48): enough for rate limits, too little to find a
 * household. Nothing behind the proxy ever sees more (design 13). An address of a form not foreseen is passed on as none.
 */
const TRUNCATED_ADDRESS = String.raw`map $remote_addr $smoope_client {
    "~^(?<start>\d+\.\d+\.\d+)\.\d+$"                           $start.0;
    "~^::ffff:(?<start>\d+\.\d+\.\d+)\.\d+$"                    $start.0;
    "~^(?<start>[0-9a-f]+:[0-9a-f]+:[0-9a-f]+):"                $start::;
    "~^(?<start>[0-9a-f]+:[0-9a-f]+)::"                         $start::;
    "~^(?<start>[0-9a-f]+)::"                                   $start::;
    default                                                     0.0.0.0;
}

# Only the beginning of a path is written down: further on it may hold ids of people and rooms, and a query names and tokens.
map $uri $smoope_route {
    "~^(?<route>(/[A-Za-z0-9_.-]*){1,3})"                       $route;
    default                                                     -;
}

log_format smoope '$smoope_client [$time_iso8601] $request_method $smoope_route $status $body_bytes_sent $request_time';`;

const MEBIBYTE = 1024 * 1024;

/**
 * One mebibyte more than a file may have, so that the answer to a larger one is ours and says what is allowed.
 * Headers by which a client could tell an address of its own choice are overwritten or taken away.
 */
const toBackends = ({ media }: Config): string => `proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-For $smoope_client;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header Forwarded "";
    proxy_set_header X-Real-IP "";
    proxy_set_header X-Request-Id $request_id;
    client_max_body_size ${Math.ceil(media.maxBytes / MEBIBYTE) + 1}m;`;

const location = (match: string, ...directives: readonly string[]): string => `    location ${match} { ${directives.join(' ')} }`;

/** What of Synapse people need: the client-server API, files, pages of sign-in. Its admin API is not among it. */
function synapseLocations(config: Config): string[] {
  const pass = `proxy_pass ${config.homeserver.url};`;
  return [
    // A long poll of /sync lasts 30 s by habit of clients.
    location('^~ /_matrix/client/', pass, 'proxy_read_timeout 120s;'),
    // Files come in here; they go out by the authenticated paths of the client-server API only.
    ...['v1/create', 'v3/upload', 'v3/config', 'r0/upload', 'r0/config'].map((path) => location(`^~ /_matrix/media/${path}`, pass)),
    // The end of a session is told by the appservice, past the proxy.
    location('= /_synapse/client/oidc/backchannel_logout', 'return 404;'),
    location('^~ /_synapse/client/', pass),
    wellKnown(config),
  ];
}

const wellKnown = (config: Config): string => location('= /.well-known/matrix/client', `proxy_pass ${config.homeserver.url};`);

/** Pages, API and event streams of the appservice; its entrance for Synapse is not for the world. */
function appserviceLocations(config: Config): string[] {
  return [
    // Event streams are open for as long as a panel is; buffering would hold words back.
    location('/', `proxy_pass http://${config.listen.host}:${config.listen.port};`, 'proxy_buffering off;', 'proxy_read_timeout 1h;'),
    location('= /metrics', 'return 404;'),
  ];
}

const CLOSED = [location('^~ /_matrix/', 'return 404;'), location('^~ /_synapse/', 'return 404;')];

function server(config: Config, host: string, locations: readonly string[]): string {
  return `server {
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name ${host};
    ssl_certificate ${certificateOf(host)}/fullchain.pem;
    ssl_certificate_key ${certificateOf(host)}/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
    ssl_prefer_server_ciphers off;
    ssl_session_tickets off;
    server_tokens off;
    add_header Strict-Transport-Security "max-age=63072000" always;
    access_log /var/log/nginx/smoope.log smoope;
    error_log /var/log/nginx/smoope-error.log crit;
    ${toBackends(config)}

${locations.join('\n')}
}`;
}

const redirect = (hosts: readonly string[]): string => `server {
    listen 80;
    listen [::]:80;
    server_name ${hosts.join(' ')};
    server_tokens off;
    access_log off;
    location ^~ /.well-known/acme-challenge/ { root /var/www/html; }
    location / { return 301 https://$host$request_uri; }
}`;

/**
 * nginx before a production installation: ends TLS, truncates addresses, and lets through only what people
 * need. One host may serve both parts; the server name gets a host of its own when it is neither of them.
 */
export function renderNginx(config: Config): string {
  const appHost = new URL(config.publicOrigin).hostname;
  const matrixHost = new URL(config.homeserver.publicUrl).hostname;
  const serverHost = config.homeserver.serverName.replace(/:\d+$/, '');
  const hosts = new Map<string, string[]>();
  const add = (host: string, locations: readonly string[]): void => void hosts.set(host, [...(hosts.get(host) ?? []), ...locations]);
  add(appHost, appserviceLocations(config));
  add(matrixHost, synapseLocations(config));
  if (serverHost !== matrixHost)
    add(serverHost, serverHost === appHost ? [wellKnown(config)] : [wellKnown(config), location('/', 'return 404;')]);
  const servers = [...hosts].map(([host, locations]) => server(config, host, [...locations, ...CLOSED]));
  return `# nginx for ${config.brand.name}; belongs inside http { }. Rendered: change the config of smoope instead.\n\n${[TRUNCATED_ADDRESS, redirect([...hosts.keys()]), ...servers].join('\n\n')}\n`;
}
