/** The encodings and formats a file may be in, and what is found out about one. */
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { CODE_PAGES, type CodePage } from './code-pages.ts';
import { EAST_ASIAN } from './east-asian.ts';

const ENCODINGS = ['UTF-8', 'UTF-16LE', 'UTF-16BE', ...CODE_PAGES, ...EAST_ASIAN] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Those that no byte tells from one another. */
export const GUESSED = [...CODE_PAGES, ...EAST_ASIAN] as const;
export type Guessed = (typeof GUESSED)[number];

/** How the bytes of a file are to be read: as text, or as a workbook of Excel. */
export const FORMATS = [...ENCODINGS, 'XLSX'] as const;
export type Format = (typeof FORMATS)[number];

/** `others`: what else the file may be in, where its bytes leave a doubt. `padded`: it is filled up with NUL characters, which are nothing. */
export type Detected =
  | { kind: 'ok'; encoding: Format; others?: Guessed[]; padded?: true }
  | { kind: 'fault'; problem: FileProblem };

/** The code page of single bytes that it is; null: another. */
export function codePageOf(encoding: Format): CodePage | null {
  return CODE_PAGES.find((codePage) => codePage === encoding) ?? null;
}

/** An encoding that only its words tell; null for one that its bytes tell. */
export function guessedOf(encoding: Format): Guessed | null {
  return GUESSED.find((guessed) => guessed === encoding) ?? null;
}
