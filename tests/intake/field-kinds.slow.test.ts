/** Everything that people's tools do to a file at once: whoever stands in it is somebody, with the right name and type. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';
import { emptyDatabase, encode, importBytes, storedPeople } from './build.ts';

const NAMES = ['Ada Test', 'Müller, Jörg', 'Zoë “Zo” O’Probe', 'Pat O’Test', 'Ivy; Semi', 'Tab | Bar'];
const EMPTY = ['', 'NULL', 'N/A', '-', 'soon', 'EN'];

const file = fc.record({
  people: fc.array(
    fc.record({ name: fc.constantFrom(...NAMES), location: fc.constantFrom('DE', 'Germany', 'DEU', ...EMPTY) }),
    { minLength: 1, maxLength: 6 },
  ),
  encoding: fc.constantFrom<Encoding>('UTF-8', 'UTF-16LE', 'UTF-16BE', 'Windows-1252'),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  above: fc.constantFrom('', 'New hires', '#TYPE Selected.ADUser', '# exported', 'version:v1.0'),
  decorate: fc.constantFrom('', '*', ' (required)', ':', ' Required'),
  columns: fc.shuffledSubarray(
    ['CN', 'UserPrincipalName', 'EmployeeType', 'UsageLocation', 'StartDate', 'Note', 'Note'],
    {
      minLength: 7,
    },
  ),
  quoteAll: fc.boolean(),
  blanks: fc.constantFrom('', ' '),
  surplus: fc.nat(2),
  endOfFile: fc.constantFrom('', '\u001a'),
});

test('everybody in a file is imported, whatever is done to the file', () => {
  const run = fc.property(file, (one) => {
    const db = emptyDatabase();
    const { delimiter, lineEnd, columns, decorate } = one;
    const quoted = (text: string) =>
      one.quoteAll || text.includes(delimiter) || text.includes('"')
        ? `${one.blanks}"${text.replaceAll('"', '""')}"`
        : text;
    const line = (cells: readonly string[]) => cells.map(quoted).join(delimiter) + delimiter.repeat(one.surplus);
    const body = one.people.map(({ name, location }, n) => {
      const cells: Record<string, string> = {
        CN: name,
        UserPrincipalName: `p${n}@contoso.example`,
        EmployeeType: n % 2 ? 'E' : 'N',
        UsageLocation: location,
        StartDate: EMPTY[n % EMPTY.length] ?? '',
        Note: 'x',
      };
      return line(columns.map((column) => cells[column] ?? ''));
    });
    const header = columns.map((column) => column + decorate).join(delimiter);
    const lines = [...(one.above ? [one.above] : []), header, ...body];
    const imported = importBytes(
      db,
      encode(lines.join(lineEnd) + lineEnd + one.endOfFile, one.encoding, one.encoding !== 'Windows-1252'),
    );
    expect(imported.problem).toBeNull();
    expect(imported).toMatchObject({ rows: one.people.length, accepted: one.people.length, rejected: [] });
    expect(
      storedPeople(db).map(({ displayName, employeeType, usageLocation }) => [
        displayName,
        employeeType,
        usageLocation,
      ]),
    ).toEqual(
      one.people.map(({ name, location }, n) => [name, n % 2 ? 'E' : 'N', EMPTY.includes(location) ? null : 'DE']),
    );
    db.$client.close();
  });
  fc.assert(run, { numRuns: 300 });
});
