/** How each state and status looks: a tone, never colour alone. What it is called is in the dictionary, in the area `states`. */
import type { PersonState } from '#lib/domain/states.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

/** `info`: under way; `warn`: amber; `bad`: red; `good`, `goodQuiet`: a green tick; `quiet`: grey. */
export type Tone = 'info' | 'warn' | 'bad' | 'good' | 'goodQuiet' | 'quiet';

export const STATE_TONES: Record<PersonState, Tone> = {
  needs_attention: 'bad',
  held: 'warn',
  awaiting_seat: 'warn',
  queued: 'quiet',
  awaiting_sync: 'info',
  awaiting_start: 'info',
  awaiting_mailbox: 'info',
  provisioned: 'good',
  already_provisioned: 'goodQuiet',
  dismissed: 'quiet',
};

/** The order in lists: who needs somebody comes first. */
export const STATE_ORDER = Object.keys(STATE_TONES) as readonly PersonState[];

const RUN_TONES = {
  queued: 'info',
  running: 'info',
  completed: 'goodQuiet',
  stopped: 'warn',
  failed: 'bad',
  interrupted: 'warn',
} as const satisfies Record<string, Tone>;

const MAIL_TONES = {
  queued: 'quiet',
  sending: 'info',
  sent: 'good',
  uncertain: 'warn',
  failed: 'bad',
} as const satisfies Record<string, Tone>;

const FILE_TONES = { importing: 'info', accepted: 'goodQuiet', rejected: 'bad' } as const satisfies Record<
  string,
  Tone
>;

const VERDICT_TONES = {
  accepted: 'goodQuiet',
  duplicate: 'quiet',
  rejected: 'bad',
} as const satisfies Record<string, Tone>;

export const MAIL_STATUSES = Object.keys(MAIL_TONES) as readonly (keyof typeof MAIL_TONES)[];

type SayStates = Say<Words['states']>;
type SayDocuments = Say<Words['documents']>;

export interface Status {
  label: string;
  tone: Tone;
}

/** A status that nobody knows is shown as it stands. */
function known<Name extends string>(tones: Record<Name, Tone>, status: string, word: (name: Name) => string): Status {
  const name = (Object.keys(tones) as Name[]).find((one) => one === status);
  return name === undefined ? { label: status, tone: 'quiet' } : { label: word(name), tone: tones[name] };
}

interface Ending {
  status: string;
  cancelRequestedBy: string | null;
  warnings: readonly unknown[];
}

/** The word for a run: one that was cancelled says so, and one that could not do everything is not green. */
export function runStatus(say: SayStates, { status, cancelRequestedBy, warnings }: Ending): Status {
  if (status === 'stopped' && cancelRequestedBy !== null) return { label: say('run.cancelled'), tone: 'warn' };
  if (status === 'completed' && warnings.length > 0) return { label: say('run.warned'), tone: 'warn' };
  return runWord(say, status);
}

export function runWord(say: SayStates, status: string): Status {
  return known(RUN_TONES, status, (name) => say(`run.${name}`));
}

export function mailStatus(say: SayDocuments, status: string): Status {
  return known(MAIL_TONES, status, (name) => say(`mail.${name}`));
}

/** The word for a file: one that was imported is green only where none of its rows waits for somebody. */
export function fileStatus(say: SayDocuments, { status, openCases }: { status: string; openCases: number }): Status {
  if (status === 'accepted' && openCases > 0) return { label: say('fileWithOpenRows', { n: openCases }), tone: 'warn' };
  return known(FILE_TONES, status, (name) => say(`file.${name}`));
}

export function verdictStatus(say: SayDocuments, verdict: string): Status {
  return known(VERDICT_TONES, verdict, (name) => say(`verdict.${name}`));
}
