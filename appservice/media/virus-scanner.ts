/** What a scanner says of a file. `too-large`: more than it is set to look at, so nobody knows. */
export type Verdict = 'clean' | 'infected' | 'too-large';

/** Looks for viruses. */
export type VirusScanner = {
  /** Reads the octets to their end and says what they are; throws `ScannerUnavailable`. */
  scan(octets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Verdict>;
};

/** The scanner did not answer, or not in a way that can be trusted: nothing is clean because nobody looked. */
export class ScannerUnavailable extends Error {
  override readonly name = 'ScannerUnavailable';
}
