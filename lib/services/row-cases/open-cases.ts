/** Rows that stayed out, file by file, as the overview shows them. */
import type { Tx } from '#db/client.ts';
import {
  countCases,
  countFilesWithOpenCases,
  type FileWithCases,
  filesWithOpenCases,
  firstOpenCases,
} from '#db/store/row-cases/row-cases-read.ts';
import type { Language } from '#lib/words/languages.ts';
import { type RowCaseItem, toItems } from './case-item.ts';

export interface FileWithOpenCases extends FileWithCases {
  /** The first few of them. */
  first: RowCaseItem[];
}

export interface OpenCases {
  cases: number;
  /** The oldest files that have any. */
  files: FileWithOpenCases[];
  /** How many more files have any. */
  moreFiles: number;
}

const FILES_SHOWN = 10;
const ROWS_SHOWN = 3;

export function openCases(db: Tx, language: Language): OpenCases {
  const cases = countCases(db, { status: 'open', fileId: null });
  if (cases === 0) return { cases, files: [], moreFiles: 0 };
  const files = filesWithOpenCases(db, FILES_SHOWN);
  const fileIds = files.map(({ fileId }) => fileId);
  const first = Map.groupBy(toItems(db, firstOpenCases(db, fileIds, ROWS_SHOWN), language), ({ fileId }) => fileId);
  return {
    cases,
    files: files.map((file) => ({ ...file, first: first.get(file.fileId) ?? [] })),
    moreFiles: countFilesWithOpenCases(db) - files.length,
  };
}
