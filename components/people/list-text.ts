/** A people list in words, from the search parameters of its address. Pure; for the server, because it knows every reason. */
import type { Words } from '#lib/words/english.ts';
import type { SayReason } from '#lib/words/reasons.ts';
import type { Say } from '#lib/words/say.ts';
import { AGES } from './ages.ts';
import { STATE_ORDER } from './state-labels.ts';

interface ListWords {
  list: Say<Words['lists']>;
  state: Say<Words['states']>;
  reason: SayReason;
}

function statesText({ list, state }: ListWords, names: string): string {
  const labels = new Map<string, string>(STATE_ORDER.map((one) => [one, state(one)]));
  return names
    .split(',')
    .map((name) => labels.get(name) ?? name)
    .join(list('or'));
}

function ageText({ list }: ListWords, value: string): string {
  const age = AGES.find((one) => one === value);
  return age ? list(`age.${age}`) : value;
}

const PARTS: Record<string, (say: ListWords, value: string) => string> = {
  state: (say, value) => say.list('state', { states: statesText(say, value) }),
  reason: ({ list, reason }, value) => list('reason', { title: reason.title(value) }),
  type: ({ list }, value) => list('type', { types: value.split(',').join(list('or')) }),
  file: ({ list }) => list('file'),
  run: ({ list }) => list('run'),
  list: ({ list }) => list('list'),
  age: ageText,
  mine: ({ list }) => list('mine'),
  q: ({ list }, value) => list('q', { text: value }),
};

/** `state Held, search “muller”`; `no filter` where nothing narrows it. */
export function listText(say: ListWords, parameters: Record<string, string>): string {
  const parts = Object.entries(parameters).flatMap(([name, value]) => (value ? (PARTS[name]?.(say, value) ?? []) : []));
  return parts.join(', ') || say.list('none');
}
