/** Entries of the history, and deeds: what somebody did to many people at one moment is one of them. Pure. */
import type { PersonState } from '#lib/domain/states.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { type Change, changesOf } from './history-changes.ts';

export interface HistoryEntry {
  id: number;
  at: number;
  /** `engine`, `idm` or an operator's name. */
  actor: string;
  isOperator: boolean;
  /** The operator's; null: not known, or no operator. */
  address: string | null;
  kind: string;
  message: string;
  /** Whose sentence the message is; null: of none. */
  reason: string | null;
  fromState: PersonState | null;
  toState: PersonState | null;
  changes: Change[];
  /** What was recorded with it. */
  data: unknown;
  person: NamedPerson | null;
  runId: string | null;
  /** Null: of no run, or retention has deleted it since. */
  runNumber: number | null;
  file: { id: string; name: string } | null;
}

interface NamedPerson {
  id: number;
  displayName: string;
  userPrincipalName: string;
}

export interface EventGroup {
  /** The newest of its events, without what its people do not have in common. */
  entry: HistoryEntry;
  people: NamedPerson[];
}

type DeedFacts = Pick<
  HistoryEntry,
  'at' | 'actor' | 'isOperator' | 'kind' | 'message' | 'toState' | 'runId' | 'changes'
>;

/** The same for every person of a deed: where each was before may differ. */
export function deedKey({ at, actor, isOperator, kind, message, toState, runId, changes }: DeedFacts): string {
  const after = changes.map((change) => [change.what, change.after]);
  return JSON.stringify([at, actor, isOperator, kind, message, toState, runId, after]);
}

const DIFFERENT = sayIn('en', 'values')('different');

/** Entries of one deed as one: a value before that was not everybody's is said to differ. */
function joined(one: HistoryEntry, other: HistoryEntry): HistoryEntry {
  return {
    ...one,
    fromState: one.fromState === other.fromState ? one.fromState : null,
    changes: one.changes.map((change, at) =>
      change.before === other.changes[at]?.before ? change : { ...change, before: DIFFERENT },
    ),
  };
}

/** Adjacent events of one deed become one entry. */
export function groupEvents(entries: readonly HistoryEntry[]): EventGroup[] {
  const found: EventGroup[] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    const people = entry.person ? [entry.person] : [];
    if (last?.people.length && entry.person && deedKey(last.entry) === deedKey(entry)) {
      last.people.push(entry.person);
      last.entry = joined(last.entry, entry);
    } else found.push({ entry, people });
  }
  return found;
}

/** What an entry says was changed, in the reader’s language. */
export function changesIn(language: Language, { data, changes }: Pick<HistoryEntry, 'data' | 'changes'>): Change[] {
  if (language === 'en') return changes;
  const different = sayIn(language, 'values')('different');
  return changesOf(data, language).map((change, at) =>
    changes[at]?.before === DIFFERENT ? { ...change, before: different } : change,
  );
}
