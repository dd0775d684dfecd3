/** The records of a file, whatever it is: text is decoded while its blocks pass by, a workbook is read by position once all of them have. */
import type { ColumnAliases } from '#lib/intake/csv/columns/columns.ts';
import { decodeBlocks } from '#lib/intake/csv/encoding/decode.ts';
import type { Format } from '#lib/intake/csv/encoding/formats.ts';
import { type SheetRecords, sheetRecords } from '#lib/intake/xlsx/sheet-records.ts';
import { readAt, type Source, stampOf } from './source-reader.ts';

/** `bytes`: where to read a workbook whose blocks are these. `onPiece` is called before each of its pieces, and may throw to stop. */
export function fileRecords(
  blocks: Iterable<Uint8Array>,
  bytes: Source,
  format: Format,
  aliases: ColumnAliases,
  onPiece: () => void = () => {},
): Iterable<string> | SheetRecords {
  if (format !== 'XLSX') return decodeBlocks(blocks, format);
  for (const _ of blocks);
  const { sizeBytes } = stampOf(bytes);
  const at = (position: number, length: number) => {
    onPiece();
    return readAt(bytes, position, length);
  };
  return sheetRecords({ readAt: at, sizeBytes }, aliases);
}
