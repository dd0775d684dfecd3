/** What looks at the bytes of a file as they pass by, and tells at the end in which encoding they are. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { Detected } from './formats.ts';

export interface Scan {
  push(block: Uint8Array): void;
  end(): Detected;
}

/** Lines count from 1. */
export function fault(line: number, problem: Sentence): Detected {
  return { kind: 'fault', problem: { line, column: null, ...problem } };
}

/** `isCut`: the text breaks off there, and nothing but NUL follows. */
export function nulFault(line: number, isCut: boolean): Detected {
  return fault(line, isCut ? sentence('nulFromLine', { line }) : sentence('nulCharacter'));
}
