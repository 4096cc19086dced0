import type { Config } from '../../appservice/config.ts';
import { setting, type Setting } from './setting.ts';

/**
 * How fast one user or one address may act. Synapse's defaults (a message every five seconds, a join every ten) stop people
 * at work; ghosts of the appservice are exempt by their registration, so these figures are for agents, customers and bots.
 */
export function limitSettings({ media }: Config): Setting[] {
  return [
    setting('rc_message', rate(10, 60), 'An agent with several conversations pastes replies in bursts; a bot answers for a whole company.'),
    setting(
      'rc_login',
      { address: rate(2, 60), account: rate(0.2, 20), failed_attempts: rate(0.1, 5) },
      'Addresses arrive truncated, so one address is a whole office: generous. Wrong passwords stay at six a minute for an account.',
    ),
    setting('rc_registration', rate(0.05, 3), 'Nobody registers here; the limit only slows down who tries.'),
    setting('rc_3pid_validation', rate(0.003, 5), 'Mail addresses and numbers are not validated by Synapse at all.'),
    setting(
      'rc_joins',
      { local: rate(5, 50), remote: rate(0.05, 10) },
      'An agent who starts the day joins every open conversation of the department by its link.',
    ),
    setting('rc_joins_per_room', rate(10, 100), 'A team room or department fills at once when a company brings all its agents.'),
    setting(
      'rc_invites',
      { per_room: rate(5, 100), per_user: rate(1, 50), per_issuer: rate(1, 20) },
      'Company ghosts invite (they are exempt as issuers); the room and the invited person are counted all the same.',
    ),
    setting('rc_third_party_invite', rate(0.0025, 5), 'Nobody is invited by mail address.'),
    setting('rc_room_creation', rate(0.02, 10), 'The service makes the rooms; a person needs one now and then.'),
    setting('rc_media_create', rate(10, 50), 'A person may drop a folder of pictures into a conversation.'),
    setting('rc_user_directory', rate(0.2, 20), 'Enough to type a name; too slow to collect all of them.'),
    setting('rc_profile', rate(10, 500), 'A client that opens its list of conversations asks once for each person in it.'),
    setting('rc_admin_redaction', rate(50, 500), 'The erasure of a person redacts everything they wrote, within minutes.'),
    setting('max_upload_size', media.maxBytes, 'As visitors may send; what agents send arrives as large as that.'),
    setting('max_image_pixels', '32M', 'Pictures of more pixels get no thumbnail: an archive bomb must not fill the memory.'),
    setting('max_pending_media_uploads', 5, 'Announced but unsent files of one user; a client needs one or two.'),
  ];
}

/** Tokens come in by `perSecond` and gather up to `burst`. */
function rate(perSecond: number, burst: number): { per_second: number; burst_count: number } {
  return { per_second: perSecond, burst_count: burst };
}
