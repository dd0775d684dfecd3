/** A people list in words, from the search parameters of its address. Pure. */
import { describeReason } from '#lib/domain/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { STATE_LABELS } from './state-labels.ts';

/** How long somebody has been in its state, as the address names it. */
export const AGE_LABELS: Record<string, string> = {
  '1h': 'an hour',
  '1d': 'a day',
  '3d': '3 days',
  '7d': '7 days',
  '30d': '30 days',
};

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
