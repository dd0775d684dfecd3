/** A people list in words, from the search parameters of its address. Pure; for the server, because it knows every reason. */
import { describeReason } from '#lib/domain/reasons.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { AGE_LABELS } from './age-labels.ts';
import { STATE_ORDER } from './state-labels.ts';

type SayStates = Say<Words['states']>;

function stateText(say: SayStates, names: string): string {
  const labels = new Map<string, string>(STATE_ORDER.map((state) => [state, say(state)]));
  return names
    .split(',')
    .map((name) => labels.get(name) ?? name)
    .join(' or ');
}

const WORDS: Record<string, (value: string, say: SayStates) => string> = {
  state: (value, say) => `state ${stateText(say, value)}`,
  reason: (value) => `reason “${describeReason(value).title}”`,
  type: (value) => `EmployeeType ${value.split(',').join(' or ')}`,
  file: () => 'named by one file',
  run: () => 'checked by one run',
  list: () => 'of a pasted list',
  age: (value) => `for ${AGE_LABELS[value] ?? value} or longer`,
  mine: () => 'assigned to whoever asks',
  q: (value) => `search “${value}”`,
};

/** `state Held, search “muller”`; `no filter` where nothing narrows it. */
export function listText(say: SayStates, parameters: Record<string, string>): string {
  const parts = Object.entries(parameters).flatMap(([name, value]) => (value ? (WORDS[name]?.(value, say) ?? []) : []));
  return parts.join(', ') || 'no filter';
}
