/** How each state and status is called on screen, and how it looks: a tone, never colour alone. */
import type { PersonState } from '#lib/domain/states.ts';

/** `info`: calm and blue; `warn`: amber; `bad`: red; `good`: green; `goodQuiet`: green outline; `quiet`: grey. */
export type Tone = 'info' | 'warn' | 'bad' | 'good' | 'goodQuiet' | 'quiet';

interface StateLabel {
  label: string;
  /** Behind a number, where the word alone reads badly. */
  counted?: string;
  tone: Tone;
  meaning: string;
}

export const STATE_LABELS: Record<PersonState, StateLabel> = {
  needs_attention: {
    label: 'Needs attention',
    counted: 'needing attention',
    tone: 'bad',
    meaning: 'An operator has to act.',
  },
  held: { label: 'Held', tone: 'warn', meaning: 'Held until somebody approves or rejects it.' },
  queued: { label: 'Queued', tone: 'quiet', meaning: 'Accepted; the next cycle checks it.' },
  awaiting_sync: { label: 'Waiting for sync', tone: 'info', meaning: 'Not in Microsoft 365 yet, which is normal.' },
  awaiting_start: {
    label: 'Waiting for the start',
    counted: 'waiting for the start date',
    tone: 'info',
    meaning: 'Licensed some days before the start date, or once the account is enabled.',
  },
  awaiting_seat: { label: 'Waiting for a seat', tone: 'info', meaning: 'No seat of the licence is left for them.' },
  awaiting_mailbox: { label: 'Mailbox opening', tone: 'info', meaning: 'Licensed; the mailbox does not answer yet.' },
  provisioned: { label: 'Provisioned', tone: 'good', meaning: 'Licensed by us, and the mailbox answers.' },
  already_provisioned: { label: 'Had a mailbox', tone: 'goodQuiet', meaning: 'It had a mailbox before we touched it.' },
  dismissed: { label: 'Dismissed', tone: 'quiet', meaning: 'Closed by an operator, with a reason.' },
};

/** The order in lists: who needs an operator comes first. */
export const STATE_ORDER = Object.keys(STATE_LABELS) as readonly PersonState[];

export const RUN_LABELS: Record<string, { label: string; tone: Tone }> = {
  queued: { label: 'Starting', tone: 'info' },
  running: { label: 'Running', tone: 'info' },
  completed: { label: 'Completed', tone: 'goodQuiet' },
  stopped: { label: 'Stopped', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  interrupted: { label: 'Interrupted', tone: 'warn' },
};

interface Ending {
  status: string;
  cancelRequestedBy: string | null;
  warnings: readonly string[];
}

/** The word for a run: one that was cancelled says so, and one that could not do everything is not green. */
export function runStatus({ status, cancelRequestedBy, warnings }: Ending): { label: string; tone: Tone } {
  if (status === 'stopped' && cancelRequestedBy !== null) return { label: 'Cancelled', tone: 'warn' };
  if (status === 'completed' && warnings.length > 0) return { label: 'Completed, with a warning', tone: 'warn' };
  return RUN_LABELS[status] ?? { label: status, tone: 'quiet' };
}

export const MAIL_LABELS: Record<string, { label: string; tone: Tone }> = {
  queued: { label: 'To be sent', tone: 'quiet' },
  sending: { label: 'Sending', tone: 'info' },
  sent: { label: 'Sent', tone: 'good' },
  uncertain: { label: 'Perhaps sent', tone: 'warn' },
  failed: { label: 'Not sent', tone: 'bad' },
};

export const FILE_LABELS: Record<string, { label: string; tone: Tone }> = {
  importing: { label: 'Importing', tone: 'info' },
  accepted: { label: 'Imported', tone: 'goodQuiet' },
  rejected: { label: 'Rejected', tone: 'bad' },
};

export const VERDICT_LABELS: Record<string, { label: string; tone: Tone }> = {
  accepted: { label: 'Accepted', tone: 'goodQuiet' },
  duplicate: { label: 'Duplicate', tone: 'quiet' },
  rejected: { label: 'Rejected', tone: 'bad' },
};
