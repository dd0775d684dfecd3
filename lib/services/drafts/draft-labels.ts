/** The result of a dry run over an upload, in a few words. Pure. */
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { INCONCLUSIVE_REASONS, readReason } from '#lib/domain/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';

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

/** What happens to one or more people; follows their number. */
export const KIND_LABELS: Record<PreviewKind, (n: number, licences: string) => string> = {
  licensed: (n, licences) => `${n === 1 ? 'gets' : 'get'} ${licences}`,
  mailbox: (n) => `already ${n === 1 ? 'has' : 'have'} a mailbox`,
  opening: (n) => `${n === 1 ? 'has' : 'have'} a licence, mailbox opening`,
  sync: (n) => `${n === 1 ? 'is' : 'are'} not synchronised yet`,
  start: (n) => `${n === 1 ? 'waits' : 'wait'} for the start date`,
  seat: (n) => `${n === 1 ? 'waits' : 'wait'} for a seat`,
  held: (n) => `${n === 1 ? 'waits' : 'wait'} for approval`,
  unknown: () => 'could not be checked',
  cannot: () => 'cannot',
};

const ORDER = Object.keys(KIND_LABELS) as readonly PreviewKind[];
const number = new Intl.NumberFormat('en-GB');

/** Licences by name: "Exchange Online (Plan 1) and Office 365 E3". */
export function licencesText(partNumbers: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(partNumbers.map(licenceName));
}

/** The outcomes grouped by what would happen, most relevant first; each licence separately. */
export function previewGroups(outcomes: readonly PreviewOutcome[]): PreviewGroup[] {
  const groups = new Map<string, { kind: PreviewKind; licences: string; n: number }>();
  for (const outcome of outcomes) {
    const kind = previewKind(outcome);
    const licences = kind === 'licensed' ? licencesText(outcome.licences) : '';
    const key = `${kind} ${licences}`;
    const group = groups.get(key) ?? { kind, licences, n: 0 };
    groups.set(key, { ...group, n: group.n + 1 });
  }
  return [...groups.values()]
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.n - a.n)
    .map(({ kind, licences, n }) => ({ kind, n, text: `${number.format(n)} ${KIND_LABELS[kind](n, licences)}` }));
}

/** "42 get Exchange Online (Plan 1), 3 already have a mailbox; 11 seats left afterwards." */
export function previewSentence(
  groups: readonly PreviewGroup[],
  seats: readonly { name: string; left: number }[],
): string {
  if (groups.length === 0) return 'There is nobody to check.';
  const text = groups.map(({ text }) => text).join(', ');
  const [only] = seats;
  if (!only) return `${text}.`;
  const left = (n: number) => `${number.format(n)} ${n === 1 ? 'seat' : 'seats'} left afterwards`;
  if (seats.length === 1) return `${text}; ${left(only.left)}.`;
  return `${text}; ${seats.map(({ name, left: n }) => `${name}: ${left(n)}`).join(', ')}.`;
}
