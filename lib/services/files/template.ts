/** An empty file to fill in: the columns we know and, in the workbook, the mapped EmployeeTypes to choose from. */
import writeXlsxFile, { type Feature, type Image } from 'write-excel-file/node';
import { getOrderOfSiblings, insertElementMarkupAccordingToOrderOfSiblings } from 'write-excel-file/utility';
import { z } from 'zod';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { CSV_BOM, csvLine } from '#lib/services/http/csv.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { XLSX_TYPE } from '#lib/services/http/http.ts';

const templateInput = z.object({ format: z.enum(['csv', 'xlsx']).catch('xlsx').default('xlsx') });

/** Name first, as people fill a list in. */
const COLUMNS = KNOWN_COLUMNS.toSorted((a, b) => Number(b === 'CN') - Number(a === 'CN'));
const TYPES_SHEET = 'Types';

/** `input`: `{ format: 'csv' | 'xlsx' }`. */
export async function downloadTemplate(
  operator: Operator | null,
  input: unknown,
): Promise<{ name: string; type: string; bytes: Uint8Array<ArrayBuffer> }> {
  authorise(operator, 'files:upload');
  const { format } = parseInput(templateInput, input);
  if (format === 'csv')
    return {
      name: 'newcomers.csv',
      type: 'text/csv; charset=utf-8',
      bytes: new TextEncoder().encode(CSV_BOM + csvLine(COLUMNS)),
    };
  return { name: 'newcomers.xlsx', type: XLSX_TYPE, bytes: await workbook() };
}

const TYPE_COLUMN = COLUMNS.indexOf('EmployeeType');
const TYPE_LETTER = String.fromCharCode(65 + TYPE_COLUMN);
/** A cell without a value whose format the column takes over. */
const AS_TEXT = { format: '@', type: String } as const;

const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });

async function workbook(): Promise<Uint8Array<ArrayBuffer>> {
  const mapped = [...mappingsInForce(database()).values()].toSorted((a, b) =>
    a.employeeType.localeCompare(b.employeeType),
  );
  const types = mapped.map(({ employeeType, licences }) => [
    // As text: a value that begins like a formula is none.
    { value: employeeType, type: String },
    { value: licences.map(({ skuPartNumber }) => licenceName(skuPartNumber)).join(', '), type: String },
  ]);
  const people = {
    data: [COLUMNS.map(bold), COLUMNS.map((column) => (column === 'EmployeeType' ? AS_TEXT : null))],
    sheet: 'People',
    columns: COLUMNS.map((column) => ({ width: column === 'UserPrincipalName' ? 40 : 24 })),
    stickyRowsCount: 1,
  };
  const legend = {
    data: [[bold('EmployeeType'), bold('Licence')], ...types],
    sheet: TYPES_SHEET,
    columns: [{ width: 20 }, { width: 60 }],
  };
  const features = [asText(), ...(types.length > 0 ? [choiceOfTypes(types.length)] : [])];
  return Uint8Array.from(await writeXlsxFile([people, legend], { features }).toBuffer());
}

/** A list to choose from in the EmployeeType column; Excel warns of anything else and leaves it to whoever types. */
function choiceOfTypes(count: number): Feature<Image['content']> {
  const markup = [
    '<dataValidations count="1"><dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" errorTitle="EmployeeType"',
    ` error="No licence is mapped to this EmployeeType." sqref="${TYPE_LETTER}2:${TYPE_LETTER}1048576">`,
    `<formula1>${TYPES_SHEET}!$A$2:$A$${count + 1}</formula1></dataValidation></dataValidations>`,
  ].join('');
  const order = getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet') ?? [];
  return onPeople((xml) => insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, 'worksheet'));
}

/** Keeps what is typed or chosen in the EmployeeType column as it is: of `01` a spreadsheet would make the number 1. */
function asText(): Feature<Image['content']> {
  const column = `<col min="${TYPE_COLUMN + 1}" max="${TYPE_COLUMN + 1}"`;
  return onPeople((xml) => {
    const [, style = '0'] = /<row r="2"><c r="[A-Z]2" s="(\d+)"/.exec(xml) ?? [];
    return xml.replace(column, `${column} style="${style}"`);
  });
}

function onPeople(change: (xml: string) => string): Feature<Image['content']> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _options, { sheetIndex }) => (sheetIndex === 0 ? change(xml) : xml),
        },
      },
    },
  };
}
