import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import type { StackAccess } from '../../stack/stack-access.ts';
import { findChromium } from '../chromium.ts';
import { refuseStorage } from './refused-storage.ts';

const PATIENCE_MS = 20_000;

/** A person's browser with storage of its own, and what was seen of its traffic. */
export type VisitorBrowser = {
  readonly context: BrowserContext;
  /** Addresses of all requests, of pages and frames, in order. */
  readonly requests: readonly string[];
  /** Exceptions that no script caught. */
  readonly errors: readonly string[];
  /** Opens a page in a new tab and waits for its `load`. */
  visit(address: string): Promise<Page>;
  close(): Promise<void>;
};

/** One Chromium for a suite. */
export type JourneyBrowser = {
  /** A person who has never been here; German, on a desk, unless told otherwise. */
  newVisitor(options?: BrowserContextOptions): Promise<VisitorBrowser>;
  close(): Promise<void>;
};

/** How the Chromium of a suite differs from the one most people have. */
export type BrowserHabits = {
  /** Frames of other sites may keep nothing, as where somebody forbids third-party storage. */
  readonly refusesStorage?: boolean;
  /** Pixels of the screen for one of the page, for pictures. */
  readonly scale?: number;
};

// Playwright switches the partitioning of storage off, and Chromium then refuses storage to frames of other sites altogether.
// The last list counts: without `ThirdPartyStoragePartitioning` in it, storage is what people have. Processes in reserve cost ours.
const AS_PEOPLE_HAVE_IT =
  '--disable-features=SpareRendererForSitePerProcess,HttpsUpgrades,PaintHolding,OptimizationHints,DestroyProfileOnBrowserClose';

// The usual one serves every suite of this process, and ends with it: people are kept apart by their contexts.
let usual: Promise<Browser> | undefined;

async function launch(scale?: number): Promise<Browser> {
  const { executablePath, args } = await findChromium();
  return chromium.launch({
    executablePath,
    args: [
      ...args,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE 127.0.0.2',
      // A microphone that hears a tone, and a person who allows it to be used.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      AS_PEOPLE_HAVE_IT,
      // Said to the whole browser: what is said to a page alone does not reach its frames.
      ...(scale === undefined ? [] : [`--force-device-scale-factor=${scale}`]),
    ],
  });
}

/** Starts a Chromium that reaches this machine and nothing else: no other name can be resolved. */
export async function startJourneyBrowser(habits: BrowserHabits = {}): Promise<JourneyBrowser> {
  const { scale, refusesStorage = false } = habits;
  const isUsual = scale === undefined;
  const browser = await (isUsual ? (usual ??= launch()) : launch(scale));
  return {
    async newVisitor(options = {}) {
      const context = await browser.newContext({
        locale: 'de-DE',
        viewport: { width: 1280, height: 800 },
        // Frames that nobody looks at cost the processor that the homeserver waits for.
        reducedMotion: 'reduce',
        ...(scale === undefined ? {} : { deviceScaleFactor: scale }),
        ...options,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      if (refusesStorage) await context.addInitScript(refuseStorage);
      const requests: string[] = [];
      const errors: string[] = [];
      context.on('request', (request) => requests.push(request.url()));
      context.on('weberror', (error) => errors.push(error.error().message));
      return {
        context,
        requests,
        errors,
        async visit(address) {
          const page = await context.newPage();
          await page.goto(address);
          return page;
        },
        close: () => context.close(),
      };
    },
    close: async () => {
      if (isUsual) await Promise.all(browser.contexts().map((context) => context.close()));
      else await browser.close();
    },
  };
}

/** Requests to anybody but us and the website; `data:` and `blob:` ask nobody. */
export function foreignRequests({ requests }: VisitorBrowser, { appUrl }: StackAccess, website: string): string[] {
  const ours = [new URL(appUrl).origin, new URL(website).origin];
  return requests.filter((address) => /^https?:/.test(address) && !ours.includes(new URL(address).origin));
}
