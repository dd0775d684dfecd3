/** A file as a line of the list: in words already, so that the browser neither gets nor works out more than it shows. Pure. */
import { fileStatus, type Status } from '#components/people/state-labels.ts';
import type { FileItem } from '#lib/services/files/files.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { sourceText } from './file-labels.ts';

export interface FileLine {
  id: string;
  name: string;
  /** Why the whole file was rejected; null for an accepted one. */
  problem: { message: string; lang?: 'en' | undefined } | null;
  status: Status;
  rows: string;
  accepted: string;
  duplicates: string;
  rejected: string;
  source: string;
  receivedAt: number;
}

interface FileWords {
  files: Say<Words['files']>;
  documents: Say<Words['documents']>;
}

/** During an import: how many of how many. */
function rowsText(say: FileWords['files'], { status, rows, rowsTotal }: FileItem): string {
  const isUnderWay = status === 'importing' && rowsTotal !== null;
  return isUnderWay ? say('partOf', { n: rows, all: rowsTotal }) : say('figure', { n: rows });
}

/** What the list shows of a file, in the language of `say`. */
export function fileLine(say: FileWords, file: FileItem): FileLine {
  const { id, name, problem, receivedAt } = file;
  const figure = (n: number) => say.files('figure', { n });
  return {
    id,
    name,
    problem: problem && { message: problem.message, lang: problem.lang },
    status: fileStatus(say.documents, file),
    rows: rowsText(say.files, file),
    accepted: figure(file.accepted),
    duplicates: figure(file.duplicates),
    rejected: figure(file.rejected),
    source: sourceText(say.files, file),
    receivedAt,
  };
}
