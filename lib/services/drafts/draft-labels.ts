/** The result of a dry run over an upload, in a few words. Pure. */
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { INCONCLUSIVE_REASONS, readReason } from '#lib/domain/reasons/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { listed } from '#lib/words/listed.ts';

/** What would happen to a person, as far as it matters before the import. */
export type PreviewKind =
  | 'licensed'
  | 'mailbox'
  | 'opening'
  | 'sync'
  | 'start'
  | 'seat'
  | 'held'
  | 'unknown'
  | 'cannot';

export interface PreviewOutcome {
  state: PersonState;
  reason: string;
  /** Part numbers of the licences that would be assigned. */
  licences: readonly string[];
}

export interface PreviewGroup {
  kind: PreviewKind;
  n: number;
  /** "42 get Exchange Online (Plan 1)". */
  text: string;
}

const KIND_OF_STATE: Record<PersonState, PreviewKind> = {
  queued: 'unknown',
  awaiting_sync: 'sync',
  awaiting_start: 'start',
  awaiting_seat: 'seat',
  awaiting_mailbox: 'opening',
  held: 'held',
  needs_attention: 'cannot',
  provisioned: 'mailbox',
  already_provisioned: 'mailbox',
  dismissed: 'unknown',
};

export function previewKind({ state, reason }: Pick<PreviewOutcome, 'state' | 'reason'>): PreviewKind {
  const code = readReason(reason);
  if (code === 'would_license') return 'licensed';
  return code !== null && INCONCLUSIVE_REASONS.includes(code) ? 'unknown' : KIND_OF_STATE[state];
}

/** The most relevant first. */
const ORDER = [
  'licensed',
  'mailbox',
  'opening',
  'sync',
  'start',
  'seat',
  'held',
  'unknown',
  'cannot',
] as const satisfies readonly PreviewKind[];

/** How many people, and what happens to them: "42 get Exchange Online (Plan 1)". */
export function kindText(language: Language, kind: PreviewKind, n: number, licences: string): string {
  const say = sayIn(language, 'previews');
  return kind === 'licensed' ? say(kind, { n, licences }) : say(kind, { n });
}

/** Licences by name: "Exchange Online (Plan 1) and Office 365 E3". */
export function licencesText(language: Language, partNumbers: readonly string[]): string {
  return listed(partNumbers.map(licenceName), language);
}

/** The outcomes grouped by what would happen, most relevant first; each licence separately. */
export function previewGroups(outcomes: readonly PreviewOutcome[], language: Language = 'en'): PreviewGroup[] {
  const groups = new Map<string, { kind: PreviewKind; licences: string; n: number }>();
  for (const outcome of outcomes) {
    const kind = previewKind(outcome);
    const licences = kind === 'licensed' ? licencesText(language, outcome.licences) : '';
    const key = `${kind} ${licences}`;
    const group = groups.get(key) ?? { kind, licences, n: 0 };
    groups.set(key, { ...group, n: group.n + 1 });
  }
  return [...groups.values()]
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.n - a.n)
    .map(({ kind, licences, n }) => ({ kind, n, text: kindText(language, kind, n, licences) }));
}

/** "42 get Exchange Online (Plan 1), 3 already have a mailbox; 11 seats left afterwards." */
export function previewSentence(
  groups: readonly PreviewGroup[],
  seats: readonly { name: string; left: number }[],
  language: Language = 'en',
): string {
  const say = sayIn(language, 'previews');
  if (groups.length === 0) return say('nobody');
  const together = groups.map(({ text }) => text).join(', ');
  if (seats.length === 0) return say('sentence', { groups: together });
  const left = seats.map(({ name, left: n }) => {
    const text = say('seatsLeft', { n });
    return seats.length === 1 ? text : say('seatsLeftOf', { licence: name, left: text });
  });
  return say('sentenceWithSeats', { groups: together, seats: left.join(', ') });
}
