/** From the facts that were read to the causes in order of likelihood. Pure. */
import { CAUSES, type CauseCode, type CauseText } from './causes.ts';
import { cite, type Evidence, type Facts, type ReadingName } from './facts.ts';
import type { Answer, Strength } from './rule.ts';
import { BESIDE_MAILBOX, EXPLAINED_BY, RULES } from './rules.ts';

/** A cause rests on at least one fact that was read. */
export interface Cause extends CauseText {
  code: CauseCode;
  strength: Strength;
  evidence: readonly [Evidence, ...Evidence[]];
}

interface Unread {
  reading: ReadingName;
  why: string;
}

export type Diagnosis = { unread: Unread[] } & (
  | { kind: 'mailbox_open'; evidence: Evidence }
  /** One cause alone fits, and every fact that could speak for another was read. */
  | { kind: 'certain'; causes: readonly [Cause] }
  | { kind: 'likely'; causes: readonly [Cause, ...Cause[]] }
  | { kind: 'unknown' }
);

const READINGS: readonly ReadingName[] = [
  'account',
  'namesakes',
  'addressHolders',
  'deleted',
  'organisation',
  'skus',
  'mailbox',
  'health',
  'record',
];

function unreadOf(facts: Facts): Unread[] {
  return READINGS.flatMap((reading) => {
    const found = facts[reading];
    // Nobody without an account has a mailbox to ask.
    if (reading === 'mailbox' && facts.account.kind === 'read' && facts.account.value === null) return [];
    return found.kind === 'not_read' ? [{ reading, why: found.why }] : [];
  });
}

const CODES = Object.keys(RULES) as CauseCode[];
const STRENGTHS: readonly Strength[] = ['conclusive', 'likely', 'possible'];

function toCause(code: CauseCode, answer: Answer): Cause[] {
  if (answer.kind !== 'fits') return [];
  return [{ ...CAUSES[code], code, strength: answer.strength, evidence: answer.evidence }];
}

/** A cause that another one explains goes where that is beyond doubt, and comes last where it is likely. What only may be explains nothing. */
function withoutExplained(cause: Cause, all: readonly Cause[]): Cause[] {
  const by = all.filter(({ code }) => EXPLAINED_BY[cause.code]?.includes(code)).map(({ strength }) => strength);
  if (by.includes('conclusive')) return [];
  return [by.includes('likely') ? { ...cause, strength: 'possible' } : cause];
}

/** The causes that fit, the likeliest first, without those that another one explains. */
export function diagnose(facts: Facts): Diagnosis {
  const unread = unreadOf(facts);
  const { mailbox } = facts;
  const answers = CODES.map((code) => ({ code, answer: RULES[code](facts) }));
  const fitting = answers.flatMap(({ code, answer }) => toCause(code, answer));
  const isMissing = fitting.some(({ code, strength }) => strength === 'conclusive' && BESIDE_MAILBOX.includes(code));
  if (mailbox.kind === 'read' && mailbox.value.kind === 'answers' && !isMissing)
    return { kind: 'mailbox_open', unread, evidence: cite(mailbox, 'mailboxSettings', 'answers') };
  const [first, ...others] = fitting
    .flatMap((cause) => withoutExplained(cause, fitting))
    .sort((a, b) => STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength));
  if (!first) return { kind: 'unknown', unread };
  // Where nobody could ask the mailbox, it may be there.
  const isUnasked = mailbox.kind === 'not_read' && facts.account.kind === 'read' && facts.account.value !== null;
  const isOpen = isUnasked || answers.some(({ answer }) => answer.kind === 'open');
  const isCertain = others.length === 0 && first.strength === 'conclusive' && !isOpen;
  return isCertain
    ? { kind: 'certain', unread, causes: [first] }
    : { kind: 'likely', unread, causes: [first, ...others] };
}
