/** What is said of a person: a reason’s sentence with its facts, and what follows it. Kept beside the English text, so that it can be said in other languages. Pure. */
import { z } from 'zod';
import {
  NOTE_FACTS,
  type NoteCode,
  type NoteFacts,
  REASON_FACTS,
  type ReasonCode,
  type ReasonFacts,
} from './reason-facts.ts';
import { isReasonCode, NOTES, REASONS, type Wording } from './reasons.ts';

type Sentence = { [Code in ReasonCode]: readonly [Code, ReasonFacts<Code>] }[ReasonCode];
export type Note = { [Code in NoteCode]: readonly [Code, NoteFacts<Code>] }[NoteCode];
export type Said = readonly [Sentence, ...Note[]];

/** A sentence as it is stored, and what it was made from; left out: as it was, or not known. */
export interface Told {
  message: string;
  said?: Said | undefined;
}

/** Nothing to hand in where the sentence takes no facts. */
type Given<Code extends ReasonCode> =
  Record<never, never> extends ReasonFacts<Code> ? [facts?: ReasonFacts<Code>] : [facts: ReasonFacts<Code>];

const ENGLISH: Wording = { reasons: REASONS, notes: NOTES };

function reasonText<Code extends ReasonCode>({ reasons }: Wording, code: Code, facts: ReasonFacts<Code>): string {
  return reasons[code].sentence(facts);
}

function noteText<Code extends NoteCode>({ notes }: Wording, code: Code, facts: NoteFacts<Code>): string {
  return notes[code](facts);
}

export function saidText([[code, facts], ...notes]: Said, wording: Wording): string {
  const sentence = reasonText(wording, code, facts);
  return notes.length === 0 ? sentence : `${sentence} ${notesText(notes, wording)}`;
}

/** The sentence for one person. */
export function tell<Code extends ReasonCode>(code: Code, ...[facts]: Given<Code>): Told {
  const said: Said = [[code, facts ?? {}] as unknown as Sentence];
  return { message: saidText(said, ENGLISH), said };
}

/** The same with more sentences after it. */
export function withNotes<Before extends Told>(before: Before, notes: readonly Note[]): Before {
  if (notes.length === 0) return before;
  const said: Said | undefined = before.said && [...before.said, ...notes];
  return { ...before, message: `${before.message} ${notesText(notes)}`, said };
}

/** The same without its notes of one kind; as it was where none is known to be in it. */
export function withoutNotes<Before extends Told>(before: Before, code: NoteCode): Before {
  const [sentence, ...notes] = before.said ?? [];
  const others = notes.filter(([note]) => note !== code);
  if (!sentence || others.length === notes.length) return before;
  const said: Said = [sentence, ...others];
  return { ...before, message: saidText(said, ENGLISH), said };
}

export function notesText(notes: readonly Note[], wording: Wording = ENGLISH): string {
  return notes.map(([note, facts]) => noteText(wording, note, facts)).join(' ');
}

/** As it is stored: nothing where the code of the reason says it all. */
export function storedSaid(said: Said | undefined): string | null {
  if (said === undefined || (said.length === 1 && Object.keys(said[0][1]).length === 0)) return null;
  return JSON.stringify(said);
}

const ofEvent = z.object({ said: z.unknown() }).nullable().catch(null);

/** What was recorded with an event that tells the sentence of a person; null: nothing. */
export function saidWithEvent(data: unknown): unknown {
  return ofEvent.parse(data)?.said ?? null;
}

const pairs = z.array(z.tuple([z.string(), z.unknown()])).min(1);

function readNote([code, facts]: readonly [string, unknown]): Note | null {
  const schema: z.ZodType | undefined = Object.hasOwn(NOTE_FACTS, code) ? NOTE_FACTS[code as NoteCode] : undefined;
  const read = schema?.safeParse(facts);
  return read?.success ? ([code, read.data] as Note) : null;
}

/** The code alone gives the sentence. A long import keeps no values with each row: file and line stand beside it. */
function saysItAll(reason: ReasonCode, message: string): boolean {
  if (reason === 'queued') return /^(Accepted|Dropped again)/.test(message);
  return REASON_FACTS[reason].safeParse({}).success && message === reasonText(ENGLISH, reason, {} as never);
}

/** Null where it cannot be said in another language: it was stored without facts that it needs, or by another version. */
export function readSaid(stored: unknown, { reason, message }: { reason: string; message: string }): Said | null {
  if (!isReasonCode(reason)) return null;
  if (stored === null) return saysItAll(reason, message) ? [[reason, {}] as Sentence] : null;
  const [first, ...others] = pairs.catch([['', null]]).parse(typeof stored === 'string' ? JSON.parse(stored) : stored);
  const facts = REASON_FACTS[reason].safeParse(first?.[1]);
  const notes = others.map(readNote);
  if (first?.[0] !== reason || !facts.success || notes.includes(null)) return null;
  return [[reason, facts.data] as Sentence, ...notes.filter((note) => note !== null)];
}
