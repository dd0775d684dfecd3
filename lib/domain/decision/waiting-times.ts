/** When to check again. All times in milliseconds. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long to wait before a human is asked, and how often people who need one are still checked. */
export interface WaitingTimes {
  /** After this long without an account, synchronisation is more than late. */
  syncLimitMs: number;
  /** Microsoft: a mailbox usually opens within 30 minutes and at most after 24 hours; after that it needs a human. */
  mailboxLimitMs: number;
  /** After this long with a licence and without a mailbox, Exchange Online is asked once to work on the account again. */
  mailboxRetryMs: number;
  /** Pause between checks of people who need attention: the cause may have been corrected in Microsoft 365. */
  attentionCheckMs: number;
}

export const USUAL_WAITING_TIMES: WaitingTimes = {
  syncLimitMs: 7 * 24 * HOUR,
  mailboxLimitMs: 24 * HOUR,
  mailboxRetryMs: 12 * HOUR,
  attentionCheckMs: 6 * HOUR,
};

/** However quickly mailboxes usually open, Exchange Online has this long before it is asked again. */
const SOONEST_RETRY_MS = 10 * MINUTE;

/** The waiting times from Settings. `usualMailboxMs`: within which 19 of 20 mailboxes open in this tenant; 0: not known yet. */
export function waitingTimes(
  settings: { syncLimitDays: number; mailboxLimitHours: number; attentionCheckHours: number },
  usualMailboxMs = 0,
): WaitingTimes {
  const mailboxLimitMs = settings.mailboxLimitHours * HOUR;
  const retryMs = usualMailboxMs === 0 ? mailboxLimitMs / 2 : Math.max(2 * usualMailboxMs, SOONEST_RETRY_MS);
  return {
    syncLimitMs: settings.syncLimitDays * 24 * HOUR,
    mailboxLimitMs,
    mailboxRetryMs: Math.min(retryMs, mailboxLimitMs),
    attentionCheckMs: settings.attentionCheckHours * HOUR,
  };
}

/** How long a read may still show the licences from before our write (Entra is eventually consistent). */
export const STALE_READ_MS = HOUR;

const MAILBOX_INTERVALS = [1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE);

/** Pause before a mailbox that did not answer is checked again: 1, 2, 5, 10, then every 15 minutes. `checks` counts those made. */
export function mailboxIntervalMs(checks: number): number {
  return MAILBOX_INTERVALS[Math.min(Math.max(checks, 1), MAILBOX_INTERVALS.length) - 1] ?? 15 * MINUTE;
}

const TRIES = [15 * MINUTE, HOUR, 6 * HOUR];

/**
 * When an account that refused at `since`, for want of access or for what nobody understands, is written to again, after a check at
 * `checkedAt`: that may have been for a while only. Three times within the first day, then once a day.
 */
export function triedAgainAt(since: number, checkedAt: number): number {
  const day = 24 * HOUR;
  const age = checkedAt - since;
  return since + (TRIES.find((after) => after > age) ?? (Math.floor(age / day) + 1) * day);
}

/** Pause before a write that has not got through in `waitedMs` is tried again: at once, then half as long again as so far, up to an hour. */
export function unwrittenPauseMs(waitedMs: number): number {
  return waitedMs < MINUTE ? 0 : Math.min(waitedMs / 2, HOUR);
}

const PROBE_INTERVALS = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE);

/** Pause before Graph is probed again after `failures` aborted runs in a row. */
export function probeIntervalMs(failures: number): number {
  return PROBE_INTERVALS[Math.min(Math.max(failures, 1), PROBE_INTERVALS.length) - 1] ?? HOUR;
}
