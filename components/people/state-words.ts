/** How each state and status is called on screen, and how it looks: a tone, never colour alone. */
import type { PersonState } from '#lib/domain/states.ts';

/** `info`: calm and blue; `warn`: amber; `bad`: red; `good`: green; `goodQuiet`: green outline; `quiet`: grey. */
export type Tone = 'info' | 'warn' | 'bad' | 'good' | 'goodQuiet' | 'quiet';

interface StateWords {
  word: string;
  /** Behind a number, where the word alone reads badly. */
  counted?: string;
  tone: Tone;
  meaning: string;
}

export const STATE_WORDS: Record<PersonState, StateWords> = {
  needs_attention: {
    word: 'Needs attention',
    counted: 'needing attention',
    tone: 'bad',
    meaning: 'Only a human can go on.',
  },
  held: { word: 'Held', tone: 'warn', meaning: 'A safety limit wants a human yes.' },
  queued: { word: 'Queued', tone: 'quiet', meaning: 'Accepted; the next cycle looks at it.' },
  awaiting_sync: { word: 'Waiting for sync', tone: 'info', meaning: 'Not in Microsoft 365 yet, which is normal.' },
  awaiting_seat: { word: 'Waiting for a seat', tone: 'info', meaning: 'The licence has no free seat.' },
  awaiting_mailbox: { word: 'Mailbox opening', tone: 'info', meaning: 'Licensed; the mailbox does not answer yet.' },
  provisioned: { word: 'Provisioned', tone: 'good', meaning: 'Licensed by us, and the mailbox answers.' },
  already_provisioned: { word: 'Had a mailbox', tone: 'goodQuiet', meaning: 'It had a mailbox before we touched it.' },
  dismissed: { word: 'Dismissed', tone: 'quiet', meaning: 'Closed by an operator, with a reason.' },
};

/** The order of people's eyes: who needs a human comes first. */
export const STATE_ORDER = Object.keys(STATE_WORDS) as readonly PersonState[];

export const RUN_WORDS: Record<string, { word: string; tone: Tone }> = {
  queued: { word: 'Starting', tone: 'info' },
  running: { word: 'Running', tone: 'info' },
  completed: { word: 'Completed', tone: 'good' },
  stopped: { word: 'Stopped', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
  interrupted: { word: 'Interrupted', tone: 'warn' },
};

export const MAIL_WORDS: Record<string, { word: string; tone: Tone }> = {
  queued: { word: 'To be sent', tone: 'quiet' },
  sending: { word: 'Sending', tone: 'info' },
  sent: { word: 'Sent', tone: 'good' },
  uncertain: { word: 'Perhaps sent', tone: 'warn' },
  failed: { word: 'Not sent', tone: 'bad' },
};

export const FILE_WORDS: Record<string, { word: string; tone: Tone }> = {
  taking_in: { word: 'Being taken in', tone: 'info' },
  accepted: { word: 'Taken in', tone: 'good' },
  rejected: { word: 'Refused', tone: 'bad' },
};

export const VERDICT_WORDS: Record<string, { word: string; tone: Tone }> = {
  accepted: { word: 'Accepted', tone: 'good' },
  duplicate: { word: 'Duplicate', tone: 'quiet' },
  rejected: { word: 'Rejected', tone: 'bad' },
};
