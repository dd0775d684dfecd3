/** What a malware scanner can say of a file. */

export type ScanVerdict =
  | { kind: 'clean' }
  | { kind: 'found'; signature: string }
  /** Longer than the scanner takes. */
  | { kind: 'too_long' };

/** `sha256`: of the bytes that were looked at. */
export type Scanned =
  | (ScanVerdict & { sha256: string })
  /** There is no verdict, so the file has to wait. `isGone`: nor will there be one for others. */
  | { kind: 'away'; why: string; isGone: boolean };

/** Looks at an open file from its first byte to its last. Throws file system errors. */
export type Scan = (source: number, signal?: AbortSignal) => Promise<Scanned>;
