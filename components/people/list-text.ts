/** A people list in words, from the search parameters of its address. Pure; for the server, because it knows every reason. */
import { describeReason } from '#lib/domain/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { AGE_LABELS } from './age-labels.ts';
import { STATE_LABELS } from './state-labels.ts';

function stateText(names: string): string {
  const labels: Record<string, { label: string }> = STATE_LABELS satisfies Record<PersonState, unknown>;
  return names
    .split(',')
    .map((name) => labels[name]?.label ?? name)
    .join(' or ');
}

const WORDS: Record<string, (value: string) => string> = {
  state: (value) => `state ${stateText(value)}`,
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
export function listText(parameters: Record<string, string>): string {
  const parts = Object.entries(parameters).flatMap(([name, value]) => (value ? (WORDS[name]?.(value) ?? []) : []));
  return parts.join(', ') || 'no filter';
}
