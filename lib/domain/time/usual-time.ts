/** How long a step usually takes in this tenant, from the newest people who took it. Pure. */
import type { PersonState } from '#lib/domain/states.ts';

export interface UsualTime {
  /** The step measured, as a word that follows "usually". */
  step: 'synchronisation' | 'mailbox';
  /** Half of the people took at most this long; ms. */
  medianMs: number;
  /** 19 of 20 people took at most this long; ms. */
  p95Ms: number;
  people: number;
}

/** With fewer people, nothing can be said about the usual time. */
const MIN_PEOPLE = 5;

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}

/** Null where the state waits for no measured step, or too few people have completed it. */
export function usualTime(
  state: PersonState,
  durations: Record<UsualTime['step'], readonly number[]>,
): UsualTime | null {
  const step = state === 'awaiting_sync' ? 'synchronisation' : state === 'awaiting_mailbox' ? 'mailbox' : null;
  if (step === null || durations[step].length < MIN_PEOPLE) return null;
  const sorted = durations[step].toSorted((a, b) => a - b);
  return { step, medianMs: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95), people: sorted.length };
}
