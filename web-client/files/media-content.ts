import { waveform } from './wave.ts';

/** What the message of a file says of it (https://spec.matrix.org/v1.15/client-server-api/#extensible-events). */
export type MediaInfo = {
  readonly mimetype: string;
  readonly size: number;
  readonly w?: number;
  readonly h?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly thumbnail_url?: string;
  readonly thumbnail_info?: { readonly mimetype: string; readonly size: number; readonly w: number; readonly h: number };
};

/** A recording of one's own voice; `levels` from 0 to 1. */
export type Voice = { readonly levels: readonly number[] };

/** Content of the event that carries a file. */
export type MediaContent = Readonly<Record<string, unknown>> & {
  readonly msgtype: 'm.image' | 'm.file' | 'm.audio' | 'm.video';
  readonly body: string;
  readonly url: string;
};

/** What a message is made of. */
export type MediaParts = {
  readonly url: string;
  readonly name: string;
  readonly caption: string;
  readonly info: MediaInfo;
  readonly voice?: Voice | undefined;
};

const kindOf = (type: string): MediaContent['msgtype'] => {
  const [, kind] = /^(image|audio|video)\//.exec(type) ?? [];
  return kind === undefined ? 'm.file' : (`m.${kind}` as MediaContent['msgtype']);
};

/** The content of the event for a file; a voice message is one that other clients know as such (MSC3245, MSC1767). */
export function mediaContent({ url, name, caption, info, voice }: MediaParts): MediaContent {
  const hasCaption = caption !== '' && caption !== name;
  return {
    // A recording is sound, also in a container that may hold pictures.
    msgtype: voice === undefined ? kindOf(info.mimetype) : 'm.audio',
    body: hasCaption ? caption : name,
    filename: name,
    url,
    info,
    ...(voice !== undefined && {
      'org.matrix.msc1767.audio': { duration: info.duration ?? 0, waveform: waveform(voice.levels) },
      'org.matrix.msc3245.voice': {},
    }),
  };
}
