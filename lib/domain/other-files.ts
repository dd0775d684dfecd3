/** Files and folders in the drop folder that nobody reads: which ones are told, and what to do about each. Pure. */
import { type Part, part, type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';

export interface OtherFile {
  name: string;
  isFolder: boolean;
  /** Since when it has lain there unchanged, or was first seen, ms UTC. */
  since: number;
}

const HOUR_MS = 3_600_000;
const NAMES_SHOWN = 5;

/** What the system, Excel, file servers and others keep there for themselves. */
const OF_OTHERS =
  /^(?:\.|~\$)|^(?:Processed|Rejected|(?:eh)?Thumbs\.db|desktop\.ini|Icon\r|\$RECYCLE\.BIN|RECYCLER|[#@]recycle|[~#]snapshot|@Recently-Snapshot|@eaDir|System Volume Information|lost\+found|DfsrPrivate|Network Trash Folder|Temporary Items)$/i;

/** True for what is neither read nor somebody else's own. `name` is that of an entry directly in the drop folder. */
export function isOtherFile(name: string, isFolder: boolean): boolean {
  return !OF_OTHERS.test(name) && (isFolder || !/\.(?:csv|xlsx)$/i.test(name));
}

const ADVICE: readonly [RegExp, Part][] = [
  [/\.(?:xls|xlsm|xlsb|xltx|ods|numbers)$/i, part('saveAsWorkbookOrCsv')],
  [/\.(?:zip|gz|7z|rar|tar)$/i, part('unpackIt')],
  [/\.(?:tmp|part|partial|filepart|crdownload)$/i, part('writeItAgain')],
  // A number, a date or a blank behind the ending is one more name of the same file.
  [/\.(?:txt|tsv|tab|dat|prn)$|\.csv[\s\d._~()-]+$|^[^.]*$/i, part('renameToCsv')],
];

function adviceOn({ name, isFolder }: OtherFile): Part {
  if (isFolder) return part('moveFilesUp');
  return ADVICE.find(([pattern]) => pattern.test(name))?.[1] ?? part('moveElsewhere');
}

/** What has lain there for an hour; null: nothing. */
export function otherFilesSentence(files: readonly OtherFile[], now: number): Sentence | null {
  const lying = files.filter(({ since }) => now - since >= HOUR_MS);
  if (lying.length === 0) return null;
  const shown = lying.slice(0, NAMES_SHOWN);
  return sentence('otherFiles', {
    files: shown.map((file) => part('otherFile', { name: file.name, advice: adviceOn(file) })),
    more: lying.length - shown.length,
  });
}
