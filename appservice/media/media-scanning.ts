import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { createMediaVerdictStore } from './media-verdict-store.ts';
import { ScannerUnavailable, type Verdict, type VirusScanner } from './virus-scanner.ts';

/** When to try again while the scanner is away, in milliseconds. */
const RETRY_MS = 10_000;

/** Holds files back until they are clean. Without a scanner every file passes. */
export type MediaScanning = {
  /** Before a file goes to the homeserver. Throws COM_SMOOPE_MEDIA_INFECTED, M_TOO_LARGE, COM_SMOOPE_SCANNER_UNAVAILABLE. */
  checkUpload(bytes: Uint8Array): Promise<void>;
  /** Notes that a file was looked at before it was uploaded. */
  noteClean(mxc: string): Promise<void>;
  /** Before a file is given to a person: its verdict, or a look at it now. Throws COM_SMOOPE_MEDIA_QUARANTINED, COM_SMOOPE_SCANNER_UNAVAILABLE. */
  checkDownload(mxc: string, open: () => Promise<AsyncIterable<Uint8Array> | undefined>): Promise<void>;
};

/** See `MediaScanning`. */
export function createMediaScanning({
  database,
  scanner,
  log,
}: {
  database: Database;
  scanner: VirusScanner | null;
  log: Logger;
}): MediaScanning {
  const verdicts = createMediaVerdictStore(database);
  // Somebody who opens a conversation asks for file and preview at once; it is looked at one time.
  const running = new Map<string, Promise<Verdict | undefined>>();

  async function look(octets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, by: VirusScanner): Promise<Verdict> {
    const begin = performance.now();
    try {
      const verdict = await by.scan(octets);
      log.info('media_scanned', { outcome: verdict, durationMs: Math.round(performance.now() - begin) });
      return verdict;
    } catch (cause) {
      if (!(cause instanceof ScannerUnavailable)) throw cause;
      throw new ApiError('COM_SMOOPE_SCANNER_UNAVAILABLE', 'Files cannot be checked for viruses right now.', {
        cause,
        retryAfterMs: RETRY_MS,
      });
    }
  }

  async function verdictOf(
    mxc: string,
    open: () => Promise<AsyncIterable<Uint8Array> | undefined>,
    by: VirusScanner,
  ): Promise<Verdict | undefined> {
    const known = await verdicts.find(mxc);
    if (known !== undefined) return known;
    const octets = await open();
    if (octets === undefined) return undefined;
    const verdict = await look(octets, by);
    await verdicts.put(mxc, verdict);
    return verdict;
  }

  return {
    async checkUpload(bytes) {
      if (scanner === null) return;
      const verdict = await look([bytes], scanner);
      if (verdict === 'infected')
        throw new ApiError('COM_SMOOPE_MEDIA_INFECTED', 'The file holds a virus and was not kept.', { field: 'body' });
      if (verdict === 'too-large')
        throw new ApiError('M_TOO_LARGE', 'The file is larger than can be checked for viruses.', { field: 'body' });
    },
    async noteClean(mxc) {
      if (scanner !== null) await verdicts.put(mxc, 'clean');
    },
    async checkDownload(mxc, open) {
      if (scanner === null) return;
      const asked = running.get(mxc) ?? verdictOf(mxc, open, scanner).finally(() => running.delete(mxc));
      running.set(mxc, asked);
      const verdict = await asked;
      // Gone meanwhile: the download that follows finds nothing and says so.
      if (verdict === undefined || verdict === 'clean') return;
      throw new ApiError('COM_SMOOPE_MEDIA_QUARANTINED', 'The file is held back: it holds a virus, or is too large to be checked for one.');
    },
  };
}
