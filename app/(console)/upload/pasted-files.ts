/** What a paste on the upload page hands in. Pure. */

export interface Pasted {
  files: readonly File[];
  text: string;
  /** Into a field, which takes text itself. */
  isTyping: boolean;
}

/** The files, or else the rows as a file of that name; none where the paste is not ours. */
export function pastedFiles({ files, text, isTyping }: Pasted, rowsName: string): readonly File[] {
  // Beside the text of copied cells Excel puts a picture of them.
  const isPicture = text !== '' && files.every(({ type }) => type.startsWith('image/'));
  if (files.length > 0 && !isPicture) return files;
  return !isTyping && text.includes('\n') ? [rowsFile(rowsName, text)] : [];
}

/** Rows of a table as a file. */
export function rowsFile(name: string, text: string): File {
  return new File([text], name, { type: 'text/csv' });
}
