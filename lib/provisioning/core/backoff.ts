/** When to look again. All times in milliseconds. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After this long without an account, synchronisation is no longer merely late. */
export const SYNC_LIMIT_MS = 7 * 24 * HOUR;
/** Microsoft: a mailbox usually opens within 30 minutes and at most after 24 hours; then it needs a human. */
export const MAILBOX_LIMIT_MS = 24 * HOUR;
/** How long a read may still show the licences of before our write (Entra is eventually consistent). */
export const STALE_READ_MS = HOUR;
/** How often people who need a human are looked at all the same: the cause may have been mended in Microsoft 365. */
export const ATTENTION_LOOK_MS = 6 * HOUR;

const MAILBOX_INTERVALS = [1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE);

/** Pause before the next look at a mailbox that did not answer: 1, 2, 5, 10, then every 15 minutes. `looks` counts those done. */
export function mailboxIntervalMs(looks: number): number {
  return MAILBOX_INTERVALS[Math.min(Math.max(looks, 1), MAILBOX_INTERVALS.length) - 1] ?? 15 * MINUTE;
}

const PROBE_INTERVALS = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE);

/** Pause before Graph is probed again after `failures` stopped runs in a row. */
export function probeIntervalMs(failures: number): number {
  return PROBE_INTERVALS[Math.min(Math.max(failures, 1), PROBE_INTERVALS.length) - 1] ?? HOUR;
}
