/** Workbooks made by hand, part by part, independently of the reader and of the writer under test. */
import { strToU8, type Zippable, zipSync } from 'fflate';
import { emptyDatabase, importBytes, storedPeople, storedRows } from '../build.ts';

/** A cell: text, or the XML of a whole `c` element with `REF` for its address. */
export type Cell = string | null | { xml: string };

interface SheetSpec {
  name: string;
  state?: 'hidden' | 'veryHidden';
  /** By row number; rows that are not named do not exist. */
  rows: Record<number, readonly Cell[]> | readonly (readonly Cell[])[];
  /** What follows the rows, such as merged cells. */
  after?: string;
}

export interface WorkbookSpec {
  sheets: readonly SheetSpec[];
  /** The `si` elements of shared strings. */
  strings?: readonly string[];
  /** Custom number formats; style n+1 of a cell has the nth. */
  formats?: readonly (string | number)[];
  date1904?: boolean;
  /** Parts that replace or join the usual ones. */
  parts?: Zippable;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Text as XML holds it; what XML cannot hold as Excel writes it. */
function escaped(text: string): string {
  return text
    .replace(/_x[0-9A-Fa-f]{4}_/g, (written) => `_x005F${written}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(
      /[^\P{Cc}\t\n]|[\ufffe\uffff]/gu,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

function cellXml(cell: Cell, address: string): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return cell.xml.replace('REF', address);
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

function sheetXml({ rows, after = '' }: Pick<SheetSpec, 'rows' | 'after'>): string {
  const numbered = Array.isArray(rows)
    ? rows.map((cells, index) => [index + 1, cells] as const)
    : Object.entries(rows).map(([line, cells]) => [Number(line), cells] as const);
  const written = numbered.map(([line, cells]) => {
    const content = cells.map((cell: Cell, column: number) => cellXml(cell, `${letters(column)}${line}`)).join('');
    return `<row r="${line}">${content}</row>`;
  });
  return `<worksheet xmlns="${MAIN}"><sheetData>${written.join('')}</sheetData>${after}</worksheet>`;
}

/** The bytes of a workbook. */
export function workbook({ sheets, strings, formats = [], date1904, parts = {} }: WorkbookSpec): Uint8Array {
  const custom = formats.flatMap((format, index) =>
    typeof format === 'string'
      ? [`<numFmt numFmtId="${200 + index}" formatCode="${format.replaceAll('"', '&quot;')}"/>`]
      : [],
  );
  const xfs = formats.map((format, index) => `<xf numFmtId="${typeof format === 'number' ? format : 200 + index}"/>`);
  const link = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${LINKS}/${type}" Target="${target}"/>`;
  const files: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${link('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="s${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${sheets
      .map((_, index) => link(`s${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`))
      .join(
        '',
      )}${link('strings', 'sharedStrings', 'sharedStrings.xml')}${link('styles', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`,
    ...(strings ? { 'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings.join('')}</sst>` } : {}),
  };
  for (const [index, sheet] of sheets.entries()) files[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet);
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  return zipSync({ ...bytes, ...parts });
}

export const HEADER = ['CN', 'UserPrincipalName', 'EmployeeType'] as const;

/** A number in a cell with the nth of the workbook's `formats`, counted from 1; 0 is General. */
export const number = (value: number | string, style = 0): Cell => ({
  xml: `<c r="REF" s="${style}"><v>${value}</v></c>`,
});

export const ANNA = ['Anna', 'anna@contoso.example', 'E'];
export const BEN = ['Ben', 'ben@contoso.example', 'N'];

/** What an import makes of a workbook. */
export function imported(spec: WorkbookSpec | Uint8Array) {
  const db = emptyDatabase();
  const result = importBytes(db, spec instanceof Uint8Array ? spec : workbook(spec), { name: 'people.xlsx' });
  const notes = db.$client.prepare<[], string | null>('select notes from intake_files').pluck().get();
  return { db, result, people: storedPeople(db), rows: storedRows(db), notes: notes ?? '' };
}
