/** What is wrong with a file or a row, in words an operator can act on. */
import { type Part, part, partOf, type Sentence, sentence, within } from '#lib/domain/sentences/sentence.ts';
import type { ValueChangeWhat } from '#lib/domain/value-change.ts';

/** Why a whole file is refused. `line` counts from 1; `column` is the position of the character in that line, null for the whole line. */
export interface FileProblem extends Sentence {
  line: number;
  column: number | null;
  /** The malware that was found in it: then its bytes are handed to nobody. */
  signature?: string;
}

/** One problem of a row; `column` is null for the row as a whole. */
export interface RowProblem extends Sentence {
  column: string | null;
}

/** What trimming and normalising changed in a value. */
export interface ValueChange {
  column: string;
  from: string;
  to: string;
  what: ValueChangeWhat;
}

/** All problems of a row as one sentence. */
export function together(problems: readonly Sentence[]): Sentence {
  return within(sentence('together', { problems: problems.map(partOf) }), problems);
}

/** Names a character so that it can be found: as itself where visible, otherwise by its code point. */
export function nameCharacter(character: string): string | Part {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (character === ' ') return part('blank');
  if (/[\x21-\x7e]/.test(character)) return `"${character}"`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `"${character}" (${code})` : code;
}

export const controlProblem = (what: string, { 0: found, index }: RegExpExecArray) =>
  sentence('controlCharacter', { what, character: nameCharacter(found), position: index + 1 });
