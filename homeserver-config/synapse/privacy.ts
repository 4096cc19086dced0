import type { Config } from '../../appservice/config.ts';
import { SENDER_LOCALPART } from './registration.ts';
import { setting, type Setting } from './setting.ts';

/** What Synapse may not tell, keep or ask for: every default of it that gives away more than a conversation needs. */
export function privacySettings(config: Config): Setting[] {
  const server = config.homeserver.serverName;
  return [
    setting('report_stats', false, 'No figures about this installation leave it.'),
    setting('stats', { enabled: false }, 'Counting rooms and members is work with every event, for figures that nobody here asks for.'),
    setting('push', { include_content: false }, 'Push gateways of phone makers get ids; the phone fetches the words itself.'),
    setting('url_preview_enabled', false, 'A preview would send links of a conversation, and our address, to strangers.'),
    setting('presence', { enabled: false }, 'Who is online when is working time and habit of people; nothing here needs it.'),
    setting('enable_3pid_lookup', false, 'Nobody asks an identity server whose number this is.'),
    setting('enable_3pid_changes', false, 'Numbers and mail addresses live in our database with purpose and life, not in Synapse.'),
    setting('request_token_inhibit_3pid_errors', true, 'An answer must not tell whether a number has an account.'),
    setting(
      'user_directory',
      { enabled: true, search_all_users: false, exclude_remote_users: true },
      'A search finds people one shares a room with, and companies (by the module), nobody else.',
    ),
    setting('require_auth_for_profile_requests', true, 'Names and pictures are for signed-in people …'),
    setting(
      'limit_profile_requests_to_users_who_share_rooms',
      true,
      '… and only for those who share a room with the person; companies show theirs (by the module).',
    ),
    setting('include_profile_data_on_invite', false, 'Who is invited and never answers has not shown their name.'),
    setting('allow_profile_lookup_over_federation', false, 'Other servers learn names in shared rooms only.'),
    setting('enable_set_displayname', false, 'People change their name on the page of their account, and it reaches every company …'),
    setting(
      'enable_set_avatar_url',
      false,
      '… and their picture as well, which loses its metadata there; clients are told that they cannot.',
    ),
    setting('allow_per_room_profiles', false, 'Nobody has another name in one room: a person has one profile.'),
    setting('allow_device_name_lookup_over_federation', false, 'Device names are often names of people.'),
    setting('enable_room_list_search', false, 'There is no public list of rooms.'),
    setting('allow_public_rooms_without_auth', false, 'There is no public list of rooms.'),
    setting('allow_public_rooms_over_federation', false, 'There is no public list of rooms.'),
    setting('room_list_publication_rules', [{ action: 'deny' }], 'Nobody can put a room into a public list.'),
    setting(
      'alias_creation_rules',
      [
        { user_id: `@${SENDER_LOCALPART}:${server}`, action: 'allow' },
        { user_id: `@company_*:${server}`, action: 'allow' },
        { action: 'deny' },
      ],
      'Addresses of rooms are given by companies only; anybody else could reserve a name that looks like one.',
    ),
    setting('allow_guest_access', false, 'Visitors write by the widget; guests would be people without any rule.'),
    setting('forget_rooms_on_leave', true, 'Who is kicked from a room could read its history until the room is forgotten.'),
    setting('forgotten_room_retention_period', '1d', 'A room that nobody of us is in any more is of no use; it is purged.'),
    setting('redaction_retention_period', '5m', 'A deleted message is deleted; by default its words stay for a week.'),
    setting('user_ips_max_age', '7d', 'Addresses (truncated by the proxy) help with an attack of this week, not of last month.'),
    setting('track_appservice_user_ips', false, 'Ghosts have no address; the list would only hold our own.'),
    setting('track_puppeted_user_ips', false, 'What an administrator does for somebody is not that person’s address.'),
    setting('federation_domain_whitelist', [], 'No federation until companies with a server of their own are configured.'),
    setting('send_federation', false, 'There is no other server that each event could be of interest to.'),
  ];
}
