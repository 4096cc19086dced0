import { stringify } from 'yaml';
import type { Config } from '../../appservice/config.ts';
import type { Secrets } from '../../appservice/secrets.ts';

/** Local part of the appservice's own Matrix user. */
export const SENDER_LOCALPART = 'smoope';

/** Text as it stands in a regular expression. */
function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Matches the two hex digits of the buckets `from` to `to`; the whole range is the common case and stays readable. */
function bucketPattern(buckets: string): string {
  if (buckets === '00-ff') return '[0-9a-f]{2}';
  const [from = 0, to = 255] = buckets.split('-').map((digits) => Number.parseInt(digits, 16));
  if (from > to) throw new Error(`appservice.buckets: ${buckets} runs backwards`);
  const all = Array.from({ length: to - from + 1 }, (_, index) => (from + index).toString(16).padStart(2, '0'));
  return `(${all.join('|')})`;
}

/** First word in the names of the appservice's users. */
export type UserKind = 'company' | 'visitor' | 'service';

/** Regular expression for the Matrix ids of the appservice's users of these kinds, whole and with the server name. */
export function userPattern(config: Config, kinds: readonly UserKind[]): string {
  const server = literally(config.homeserver.serverName);
  return `^@(${kinds.join('|')})_${bucketPattern(config.appservice.buckets)}_.*:${server}$`;
}

/**
 * registration.yaml: what the appservice is to Synapse (https://spec.matrix.org/v1.15/application-service-api/#registration).
 * The server name stands in each expression and both ends are anchored: else users of other servers would match.
 */
export function renderRegistration(config: Config, secrets: Secrets): string {
  const server = literally(config.homeserver.serverName);
  const bucket = bucketPattern(config.appservice.buckets);
  const registration = {
    id: config.appservice.id,
    url: config.appservice.url,
    as_token: secrets.appserviceToken,
    hs_token: secrets.homeserverToken,
    sender_localpart: SENDER_LOCALPART,
    rate_limited: false,
    // Synapse knows the stable key, the bridge library only the old one; with both set Synapse sends both forms.
    receive_ephemeral: true,
    'de.sorunome.msc2409.push_ephemeral': true,
    namespaces: {
      users: [{ exclusive: true, regex: userPattern(config, ['company', 'visitor', 'service']) }],
      aliases: [
        { exclusive: true, regex: `^#(space|team)_${bucket}_.*:${server}$` },
        // The list of companies is one for all registrations.
        { exclusive: false, regex: `^#smoope_companies:${server}$` },
      ],
      rooms: [],
    },
  };
  return `# Registration of the smoope appservice at Synapse; both tokens are secrets.\n\n${stringify(registration, { lineWidth: 0 })}`;
}
