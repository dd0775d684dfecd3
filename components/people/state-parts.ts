/** Numbers by state as the parts of a sum. Pure. */
import type { PersonState } from '#lib/domain/states.ts';
import { STATE_LABELS, STATE_ORDER } from './state-labels.ts';

export function stateParts(counts: Record<PersonState, number>): { n: number; label: string }[] {
  return STATE_ORDER.map((state) => {
    const { label, counted } = STATE_LABELS[state];
    return { n: counts[state], label: counted ?? label.toLowerCase() };
  });
}
