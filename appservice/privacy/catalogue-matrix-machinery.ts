import { NOBODY, type MatrixStoreEntry } from './catalogue-entry.ts';

const machinery = { ...NOBODY, life: { start: 'the event or room it belongs to', period: 'as that' } } as const;

/** Stores of the homeserver that lead to nobody by themselves: order, graphs, schema, other servers. */
export const matrixMachinery: readonly MatrixStoreEntry[] = [
  {
    store: 'rooms',
    purpose: 'Ids, aliases and counts of rooms; ours name companies and numbers, never persons.',
    rules: machinery,
    tables: ['rooms', 'room_aliases', 'room_alias_servers', 'room_depth', 'room_retention', 'room_stats_current', 'room_stats_earliest_token', 'blocked_rooms', 'appservice_room_list', 'sliding_sync_joined_rooms_to_recalculate'],
  },
  {
    store: 'graph of events',
    purpose: 'Order of events and the states they led to, by ids.',
    rules: machinery,
    tables: [
      'event_auth', 'event_auth_chain_links', 'event_auth_chain_to_calculate', 'event_auth_chains', 'event_backward_extremities', 'event_edges', 'event_failed_pull_attempts', 'event_forward_extremities',
      'event_to_state_groups', 'ex_outlier_stream', 'msc4242_state_dag_edges', 'msc4242_state_dag_forward_extremities', 'partial_state_events', 'partial_state_rooms', 'partial_state_rooms_servers',
      'rejections', 'state_group_edges', 'state_groups', 'state_groups_pending_deletion', 'state_groups_persisting', 'stream_ordering_to_exterm', 'timeline_gaps', 'un_partial_stated_event_stream',
      'un_partial_stated_room_stream',
    ],
  },
  {
    store: 'positions and locks',
    purpose: 'How far each part of the homeserver has read, and which process is at what.',
    rules: machinery,
    tables: [
      'application_services_state', 'appservice_stream_position', 'background_updates', 'cache_invalidation_stream_by_instance', 'delayed_events_stream_pos', 'device_lists_changes_converted_stream_position',
      'device_lists_changes_in_room_max_pruned_stream_id', 'event_push_summary_last_receipt_stream_id', 'event_push_summary_stream_ordering', 'federation_stream_position', 'instance_map', 'room_forgetter_stream_pos',
      'scheduled_tasks', 'stats_incremental_position', 'stream_positions', 'user_directory_stream_pos', 'worker_locks', 'worker_read_write_locks', 'worker_read_write_locks_mode',
    ],
  },
  {
    store: 'schema of the homeserver',
    purpose: 'Which version of the database it is.',
    rules: machinery,
    tables: ['applied_module_schemas', 'applied_schema_deltas', 'schema_compat_version', 'schema_version'],
  },
  {
    store: 'other servers',
    purpose: 'Keys and reachability of servers of companies.',
    rules: machinery,
    tables: ['destinations', 'destination_rooms', 'destination_rooms_sticky_events_backlog', 'received_transactions', 'server_keys_json', 'server_signature_keys'],
  },
];
