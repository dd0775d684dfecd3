/** Numbers by state as the parts of a sum. Pure. */
import type { PersonState } from '#lib/domain/states.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { STATE_ORDER } from './state-labels.ts';

export function stateParts(
  say: Say<Words['counted']>,
  counts: Record<PersonState, number>,
): { n: number; label: string }[] {
  return STATE_ORDER.map((state) => ({ n: counts[state], label: say(state) }));
}
