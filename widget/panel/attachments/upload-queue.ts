import type { MediaLimits } from '../../../appservice/visitors/panel-features-wire.ts';
import type { MoreKey } from '../../locales/messages.ts';
import { ApiFailure } from '../../transport/api.ts';
import { sentFiles } from '../../../browser/files/file-facts.ts';
import type { PanelClient } from '../panel-view.ts';
import { isRedrawn, redraw } from '../../../browser/files/reencode.ts';
import { upload } from './upload.ts';

/** A file on its way. */
export type Upload = {
  readonly file: File;
  /** Length of a voice message, milliseconds. */
  readonly duration: number | undefined;
  state: 'preparing' | 'uploading' | 'failed';
  /** Share that has gone, 0 to 1. */
  share: number;
  /** What went wrong. */
  problem: MoreKey | undefined;
  /** Whether trying again may help. */
  canRetry: boolean;
  readonly cancel: AbortController;
};

/** Files on their way: sent one after the other; each becomes a message when the server has it. */
export type UploadQueue = {
  readonly uploads: () => readonly Upload[];
  /** Puts files behind the others; a duration makes a voice message. */
  readonly add: (files: readonly File[], duration?: number) => void;
  readonly retry: (upload: Upload) => void;
  /** Stops one, or takes a failed one away. */
  readonly remove: (upload: Upload) => void;
};

/** What is wrong with a file before anything is sent; undefined where nothing is. */
export function problemOf(file: File, limits: MediaLimits): 'tooBig' | 'wrongType' | 'emptyFile' | undefined {
  if (file.size === 0) return 'emptyFile';
  // A picture is drawn anew: it becomes smaller, and of a kind that is taken.
  if (isRedrawn(file)) return undefined;
  if (file.size > limits.maxBytes) return 'tooBig';
  const type = file.type || 'application/octet-stream';
  const isTaken = limits.types.some((taken) => ['*/*', '*', type, type.replace(/\/.*/, '/*')].includes(taken));
  return isTaken ? undefined : 'wrongType';
}

function explain(error: unknown): { readonly problem: MoreKey; readonly canRetry: boolean } {
  const status = error instanceof ApiFailure ? error.status : 0;
  if (status === 413) return { problem: 'tooBig', canRetry: false };
  if (status === 415) return { problem: 'wrongType', canRetry: false };
  if (status === 422) return { problem: 'infected', canRetry: false };
  return { problem: status === 0 ? 'uploadFailed' : 'notNow', canRetry: true };
}

/** Makes the queue; `onChange` is called after every change. */
export function createUploadQueue(client: PanelClient, limits: () => MediaLimits, onChange: () => void): UploadQueue {
  let uploads: readonly Upload[] = [];
  let running = false;

  function change(item: Upload, values: Partial<Upload>): void {
    Object.assign(item, values);
    onChange();
  }

  function remove(item: Upload): void {
    item.cancel.abort();
    uploads = uploads.filter((other) => other !== item);
    onChange();
  }

  function pathFor(file: File): string {
    const { thread, isNew } = client.view();
    const place = isNew ? { newConversation: 'true' } : thread && { conversationId: thread.summary.id };
    return `/api/v1/visitor/media?${new URLSearchParams({ ...place, filename: file.name })}`;
  }

  async function send(item: Upload): Promise<void> {
    const file = await redraw(item.file);
    if (file.size > limits().maxBytes) return change(item, { state: 'failed', problem: 'tooBig', canRetry: false });
    change(item, { state: 'uploading' });
    const taken = await client.use((token) =>
      upload({ file, path: pathFor(file), token, signal: item.cancel.signal, onProgress: (share) => change(item, { share }) }),
    );
    sentFiles.set(taken.url, file);
    const isVoice = item.duration !== undefined;
    client.send({
      type: 'm.room.message',
      conversationId: taken.conversationId,
      content: {
        // A recording is sound, also in a container that may hold pictures.
        msgtype: isVoice ? 'm.audio' : taken.msgtype,
        body: taken.filename,
        url: taken.url,
        info: { ...taken.info, ...(isVoice && { duration: item.duration }) },
        ...(isVoice && { 'org.matrix.msc3245.voice': {} }),
      },
    });
    remove(item);
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let next = uploads.find(({ state }) => state !== 'failed'); next; next = uploads.find(({ state }) => state !== 'failed')) {
      const item = next;
      await send(item).catch((error: unknown) => {
        if (!item.cancel.signal.aborted) change(item, { state: 'failed', ...explain(error) });
      });
    }
    running = false;
  }

  return {
    uploads: () => uploads,
    add: (files, duration) => {
      const added = files.map((file): Upload => {
        const problem = problemOf(file, limits());
        const state = problem ? 'failed' : 'preparing';
        return { file, duration, state, share: 0, problem, canRetry: false, cancel: new AbortController() };
      });
      uploads = [...uploads, ...added];
      onChange();
      void run();
    },
    retry: (item) => {
      change(item, { state: 'preparing', share: 0, problem: undefined });
      void run();
    },
    remove,
  };
}
