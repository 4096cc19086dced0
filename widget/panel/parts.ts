import type { Texts } from '../locales/load.ts';

// Most are custom elements: until its module has come, the element stands in the page without content.
const modules = {
  attachments: () => import('./attachments/attachments.ts'),
  conversations: () => import('./conversations/conversations.ts'),
  emoji: () => import('./emoji/emoji-picker.ts'),
  extras: () => import('./extras/extras.ts'),
  media: () => import('./media/media.ts'),
  menu: () => import('./panel-menu/panel-menu.ts'),
  messageMenu: () => import('./message-menu/message-menu.ts'),
  preChat: () => import('./pre-chat/pre-chat.ts'),
  rating: () => import('./rating/rating.ts'),
  retry: () => import('./write-again.ts'),
  voice: () => import('./voice/voice-recorder.ts'),
};

type Modules = { readonly [Name in keyof typeof modules]: Awaited<ReturnType<(typeof modules)[Name]>> };

/** A part of the panel that loads when it is used. */
export type PartName = keyof Modules;

/** Fetches parts of the panel. */
export type Parts = {
  /** Fetches a part with its texts; undefined where that failed, which the person is told. The next call tries again. */
  readonly load: <Name extends PartName>(name: Name) => Promise<Modules[Name] | undefined>;
};

/** Makes the fetching of parts. */
export function createParts(texts: () => Texts, onFailure: () => void): Parts {
  return {
    load: async <Name extends PartName>(name: Name) => {
      try {
        await texts().loadMore();
        return (await modules[name]()) as Modules[Name];
      } catch {
        onFailure();
        return undefined;
      }
    },
  };
}
