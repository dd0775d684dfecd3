/** How much of a file is read: every length is compared before anything looks inside, so no cell, row or file costs more than its share. */

/** A file with more columns is no list of people. */
export const COLUMN_LIMIT = 1000;
/** Longer names of columns are shortened. */
export const COLUMN_NAME_LIMIT = 256;
/** A longer row is kept as it is, but not split. Two cells as long as a spreadsheet allows fit into it. */
export const ROW_LIMIT = 64 * 1024;
/** What decides about a person is a few words; databases pad them with blanks up to this many characters. */
export const CELL_LIMIT = 8 * 1024;
/** As long as a cell of a spreadsheet may be. */
export const EXTRA_LIMIT = 32_767;
/** The work of reading a file: its characters, and for each cell as many as it costs. Several million rows fit. */
export const FILE_WORK_LIMIT = 1_000_000_000;
/** A longer file would be refused in any case, as no character takes more than four bytes; only to read it through would hold up all others for minutes. */
export const FILE_BYTES_LIMIT = 4 * FILE_WORK_LIMIT;
export const CELL_WORK = 10;
/** So much of a cell is shown in a sentence. */
export const SHOWN = 60;
