/** Files and folders in the drop folder that nobody reads: which ones are told, and what to do about each. Pure. */

export interface OtherFile {
  name: string;
  isFolder: boolean;
  /** Since when it has lain there unchanged, or was first seen, ms UTC. */
  since: number;
}

const HOUR_MS = 3_600_000;
const NAMES_SHOWN = 5;

/** What the system, Excel and others keep there for themselves. */
const OF_OTHERS =
  /^(?:\.|~\$)|^(?:Processed|Rejected|Thumbs\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information|lost\+found|#recycle|@eaDir)$/i;

/** True for what is neither read nor somebody else's own. `name` is that of an entry directly in the drop folder. */
export function isOtherFile(name: string, isFolder: boolean): boolean {
  return !OF_OTHERS.test(name) && (isFolder || !/\.(?:csv|xlsx)$/i.test(name));
}

const ADVICE: readonly [RegExp, string][] = [
  [/\.(?:xls|xlsm|xlsb|xltx|ods|numbers)$/i, 'save it as .xlsx or CSV'],
  [/\.(?:zip|gz|7z|rar|tar)$/i, 'unpack it'],
  [/\.(?:tmp|part|partial|filepart|crdownload)$/i, 'perhaps its transfer broke off: write it again'],
  [/\.(?:txt|tsv|tab|dat|prn)$|^[^.]*$/i, 'rename it to .csv if it holds people'],
];

function adviceOn({ name, isFolder }: OtherFile): string {
  if (isFolder) return 'a folder: move its files up';
  return ADVICE.find(([pattern]) => pattern.test(name))?.[1] ?? 'move it elsewhere';
}

/** What has lain there for an hour, in one sentence; null: nothing. */
export function otherFilesText(files: readonly OtherFile[], now: number): string | null {
  const lying = files.filter(({ since }) => now - since >= HOUR_MS);
  if (lying.length === 0) return null;
  const shown = lying.slice(0, NAMES_SHOWN).map((file) => `${JSON.stringify(file.name)} (${adviceOn(file)})`);
  const more = lying.length > NAMES_SHOWN ? ` and ${lying.length - NAMES_SHOWN} more` : '';
  return `Only .csv and .xlsx files directly in the drop folder are read. For an hour or more these were left: ${shown.join(', ')}${more}.`;
}
