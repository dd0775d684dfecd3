/** From complete records to their fields, and back. */
import Papa from 'papaparse';
import { type Delimiter, mayLeadWithBlanks, withoutLeadingBlanks } from './records.ts';

/** A field as it stands in a row. */
export function quotedField(field: string, delimiter: Delimiter): string {
  return /["\r\n]/.test(field) || field.includes(delimiter) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** Parses complete, valid records; null where the parser finds a different number of them. */
export function splitRecords(records: readonly string[], delimiter: Delimiter): string[][] | null {
  const quoted = records.filter((text) => text.includes('"'));
  const parsed = parseQuoted(quoted, delimiter);
  if (!parsed) return null;
  let next = 0;
  // Without quotes every delimiter separates two fields: no parser needed.
  return records.map((text) => (text.includes('"') ? (parsed[next++] ?? []) : text.split(delimiter)));
}

function parseQuoted(records: readonly string[], delimiter: Delimiter): string[][] | null {
  if (records.length === 0) return [];
  const sound = records.map((text) =>
    mayLeadWithBlanks(text, delimiter) ? withoutLeadingBlanks(text, delimiter) : text,
  );
  // One newline between records, whatever the file uses: line breaks inside quotes stay as they are. The last newline makes the
  // parser accept blanks after a closing quote there too; it adds one empty row.
  const text = `${sound.join('\n')}\n`;
  // Its parser itself: what `Papa.parse` builds around it for each call outlives the call, and collecting that takes longer than parsing.
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
  const { data }: Papa.ParseResult<string[]> = parser.parse(text, 0, false);
  return data.length === records.length + 1 ? data : null;
}
