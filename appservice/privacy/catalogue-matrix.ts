import type { MatrixStoreEntry, Rules } from './catalogue-entry.ts';

const EVERYONE = ['visitor', 'customer', 'agent', 'admin', 'operator'] as const;

const content: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['visitor', 'customer', 'agent', 'admin'],
  life: { start: 'the event', period: "the company's retention within the operator's limits (m.room.retention, R23)" },
  recipients: ['the company', "the company's own homeserver, where it has one (R24)"],
  export: { how: 'included', as: 'messages with everything the person wrote or received' },
  erasure: { how: 'deleted', with: 'redaction of the events and deletion of the rooms' },
};

const account: Rules = {
  basis: 'GDPR 6(1)(b): the service that the person asked for',
  subjects: [...EVERYONE],
  life: { start: 'end of the session or the account', period: 'at once' },
  recipients: [],
  export: { how: 'included', as: 'account, sessions and settings' },
  erasure: { how: 'deleted', with: 'deactivation of the Matrix user with "erase"' },
};

const traces: Rules = {
  basis: 'GDPR 6(1)(f): running the service safely',
  subjects: ['customer', 'agent', 'admin', 'operator'],
  life: { start: 'last request', period: 'user_ips_max_age of the homeserver' },
  recipients: [],
  export: { how: 'included', as: 'connections' },
  erasure: { how: 'deleted', with: 'deactivation, and deletion of the rows left over' },
};

/** Stores of the homeserver that lead to a person. */
export const matrixStores: readonly MatrixStoreEntry[] = [
  {
    store: 'events',
    purpose: 'What was said, and every change of a room.',
    rules: content,
    tables: ['events', 'event_json', 'event_search', 'event_relations', 'event_labels', 'threads', 'redactions', 'event_reports', 'event_expiry', 'sticky_events', 'delayed_events', 'state_events', 'federation_inbound_events_staging'],
  },
  {
    store: 'room state',
    purpose: 'Who is in a room, what it is called, who may do what; no names or words of persons in ours.',
    rules: { ...content, life: { start: 'end of the room', period: 'at once; retention does not reach state' } },
    tables: [
      'current_state_events', 'current_state_delta_stream', 'state_groups_state', 'room_memberships', 'local_current_membership', 'room_stats_state',
      'sliding_sync_membership_snapshots', 'sliding_sync_joined_rooms', 'users_in_public_rooms', 'users_who_share_private_rooms', 'room_ban_redactions', 'room_reports', 'user_reports',
    ],
  },
  {
    store: 'media',
    purpose: 'Files of conversations, logos and pictures.',
    rules: { ...content, life: { start: 'the event that carries it', period: 'as the event' }, erasure: { how: 'deleted', with: 'the files that the index of events names' } },
    tables: [
      'local_media_repository', 'local_media_repository_thumbnails', 'local_media_repository_url_cache', 'remote_media_cache', 'remote_media_cache_thumbnails', 'quarantined_media_changes',
      'smoope_media_room',
    ],
  },
  {
    store: 'receipts and unread counts',
    purpose: 'How far somebody has read.',
    rules: { ...content, export: { how: 'included', as: 'read marks' } },
    tables: ['receipts_graph', 'receipts_linearized', 'event_push_actions', 'event_push_actions_staging', 'event_push_summary', 'thread_subscriptions'],
  },
  {
    store: 'profiles',
    purpose: 'Name and picture under which somebody writes.',
    rules: { ...account, recipients: ['those who share a room'] },
    tables: ['profiles', 'profile_updates', 'profile_updates_per_user', 'user_directory', 'user_directory_search', 'user_directory_stale_remote_users'],
  },
  {
    store: 'users and devices',
    purpose: 'Ghosts, service accounts and people as Matrix users, with the devices they write from.',
    rules: account,
    tables: [
      'users', 'devices', 'device_auth_providers', 'dehydrated_devices', 'device_lists_stream', 'device_lists_changes_in_room', 'device_lists_outbound_pokes',
      'device_lists_outbound_last_success', 'device_lists_remote_cache', 'device_lists_remote_extremeties', 'device_lists_remote_pending', 'device_lists_remote_resync',
      'users_pending_deactivation', 'erased_users', 'user_stats_current', 'monthly_active_users', 'per_user_experimental_features', 'ratelimit_override', 'account_validity',
      'event_txn_id_device_id', 'user_external_ids', 'user_threepids', 'user_threepid_id_server', 'threepid_guest_access_tokens', 'threepid_validation_session', 'threepid_validation_token',
    ],
  },
  {
    store: 'access tokens and sign-in',
    purpose: 'Keeps somebody signed in.',
    rules: { ...account, export: { how: 'left out', because: 'A copy of a key in a file would be a risk for the person; the sessions they belong to are included.' } },
    tables: ['access_tokens', 'refresh_tokens', 'login_tokens', 'open_id_tokens', 'registration_tokens', 'sessions', 'ui_auth_sessions', 'ui_auth_sessions_credentials'],
  },
  {
    store: 'addresses and programs of clients',
    purpose: 'Finds misuse of an account; addresses are truncated before they arrive.',
    rules: traces,
    tables: ['user_ips', 'user_daily_visits', 'ui_auth_sessions_ips'],
  },
  {
    store: 'settings of accounts',
    purpose: 'What somebody set in a client: filters, tags, ignored users, notifications.',
    rules: account,
    tables: [
      'account_data', 'room_account_data', 'room_tags', 'room_tags_revisions', 'ignored_users', 'user_filters', 'push_rules', 'push_rules_enable', 'push_rules_stream', 'presence_stream',
      'users_to_send_full_presence_to', 'sliding_sync_connections', 'sliding_sync_connection_positions', 'sliding_sync_connection_required_state', 'sliding_sync_connection_room_configs',
      'sliding_sync_connection_streams', 'sliding_sync_connection_lazy_members',
    ],
  },
  {
    store: 'push',
    purpose: 'Notifies a device that the person registered; without content.',
    rules: { ...account, recipients: ['the push service of the device, where the person registered one'] },
    tables: ['pushers', 'deleted_pushers', 'pusher_throttle'],
  },
  {
    store: 'encryption keys and messages between devices',
    purpose: 'End-to-end encryption, where a client or a room uses it.',
    rules: { ...account, export: { how: 'left out', because: 'Keys belong to the devices of the person, who has them there.' } },
    tables: [
      'e2e_cross_signing_keys', 'e2e_cross_signing_signatures', 'e2e_device_keys_json', 'e2e_fallback_keys_json', 'e2e_one_time_keys_json', 'e2e_room_keys', 'e2e_room_keys_versions', 'user_signature_stream',
      'device_inbox', 'device_federation_inbox', 'device_federation_outbox',
    ],
  },
  {
    store: 'deliveries to the appservice',
    purpose: 'Events on their way to us.',
    rules: {
      ...content,
      life: { start: 'the event', period: 'seconds; hours after an outage' },
      export: { how: 'left out', because: 'They are the events of the first store, for seconds.' },
      erasure: { how: 'deleted', with: 'their delivery' },
    },
    tables: ['application_services_txns'],
  },
];
