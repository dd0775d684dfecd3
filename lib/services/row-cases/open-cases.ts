/** Rows that stayed out, file by file, as the overview shows them. */
import type { Db } from '#db/client.ts';
import {
  countCases,
  countFilesWithOpenCases,
  type FileWithCases,
  filesWithOpenCases,
  pageOfCases,
} from '#db/store/row-cases/row-cases-read.ts';
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

export function openCases(db: Db): OpenCases {
  const cases = countCases(db, { status: 'open', fileId: null });
  if (cases === 0) return { cases, files: [], moreFiles: 0 };
  const files = filesWithOpenCases(db, FILES_SHOWN);
  const first = ({ fileId }: FileWithCases) => pageOfCases(db, { status: 'open', fileId }, 0, ROWS_SHOWN);
  return {
    cases,
    files: files.map((file) => ({ ...file, first: toItems(db, first(file)) })),
    moreFiles: countFilesWithOpenCases(db) - files.length,
  };
}
