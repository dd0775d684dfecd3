/** Numbers by state as the parts of a sum. Pure. */
import type { PersonState } from '#lib/domain/states.ts';
import { STATE_ORDER, STATE_WORDS } from './state-words.ts';

export function stateParts(counts: Record<PersonState, number>): { n: number; word: string }[] {
  return STATE_ORDER.map((state) => {
    const { word, counted } = STATE_WORDS[state];
    return { n: counts[state], word: counted ?? word.toLowerCase() };
  });
}
