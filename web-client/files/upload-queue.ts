import { sentFiles } from '../../browser/files/file-facts.ts';
import { mediaContent, type MediaContent, type MediaInfo, type Voice } from './media-content.ts';
import type { PreparedFile } from './prepare-file.ts';

/** A file that is to be sent, with the words to it. */
export type Outgoing = PreparedFile & { readonly caption: string; readonly voice?: Voice | undefined };

/** The conversation into which a file goes, whichever is open when it has arrived. */
export type UploadPlace = { readonly roomId: string; readonly send: (content: MediaContent) => void };

/** A file on its way. */
export type Upload = {
  readonly outgoing: Outgoing;
  readonly place: UploadPlace;
  state: 'sending' | 'failed';
  /** Share that has gone, 0 to 1. */
  share: number;
  cancel: AbortController;
};

/** How files leave: octets to the homeserver, then the message that names them. */
export type UploadWays = {
  readonly upload: (file: Blob, how: { readonly signal: AbortController; readonly onProgress: (share: number) => void }) => Promise<string>;
  readonly onChange: () => void;
};

/** Files on their way, one after the other; each becomes a message when the homeserver has it. */
export type UploadQueue = {
  readonly uploads: () => readonly Upload[];
  readonly add: (files: readonly Outgoing[], place: UploadPlace) => void;
  readonly again: (upload: Upload) => void;
  /** Stops one, or takes a failed one away. */
  readonly remove: (upload: Upload) => void;
};

/** Makes the queue. */
export function createUploadQueue({ upload, onChange }: UploadWays): UploadQueue {
  let uploads: readonly Upload[] = [];
  let isRunning = false;

  async function posterInfo({ poster }: Outgoing, signal: AbortController): Promise<Partial<MediaInfo>> {
    if (poster === undefined) return {};
    const url = await upload(poster.blob, { signal, onProgress: () => undefined });
    const { blob, w, h } = poster;
    return { thumbnail_url: url, thumbnail_info: { mimetype: blob.type, size: blob.size, w, h } };
  }

  async function carry(item: Upload): Promise<void> {
    const { outgoing, cancel } = item;
    const { file, caption, info, voice } = outgoing;
    const more = await posterInfo(outgoing, cancel);
    if (cancel.signal.aborted) return;
    const onProgress = (share: number): void => {
      item.share = share;
      onChange();
    };
    const url = await upload(file, { signal: cancel, onProgress });
    if (cancel.signal.aborted) return;
    sentFiles.set(url, file);
    uploads = uploads.filter((other) => other !== item);
    item.place.send(mediaContent({ url, name: file.name, caption, info: { ...info, ...more }, voice }));
    onChange();
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (let next = uploads.find(({ state }) => state === 'sending'); next; next = uploads.find(({ state }) => state === 'sending')) {
      const item = next;
      await carry(item).catch(() => {
        item.state = 'failed';
        onChange();
      });
    }
    isRunning = false;
  }

  return {
    uploads: () => uploads,
    add(files, place) {
      uploads = [
        ...uploads,
        ...files.map((outgoing): Upload => ({ outgoing, place, state: 'sending', share: 0, cancel: new AbortController() })),
      ];
      onChange();
      void run();
    },
    again(item) {
      Object.assign(item, { state: 'sending', share: 0, cancel: new AbortController() });
      onChange();
      void run();
    },
    remove(item) {
      uploads = uploads.filter((other) => other !== item);
      item.cancel.abort();
      onChange();
    },
  };
}
