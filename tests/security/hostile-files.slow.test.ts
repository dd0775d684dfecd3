import { describe, expect, test } from 'vitest';
import { readTable } from '#lib/intake/csv/parse.ts';
import { BY_NAME } from '#lib/intake/csv/table.ts';
import { StoppedError } from '#lib/intake/import-request.ts';
import { emptyDatabase, importBytes, storedExtras, storedPeople } from '#tests/intake/build.ts';
import { growsFaster } from '#tests/support/growth.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType,Note\n';

function databaseBytes(db: ReturnType<typeof emptyDatabase>): number {
  return Number(db.$client.pragma('page_count', { simple: true })) * 4096;
}

describe('a row takes as much time as it has characters, whatever stands in it', () => {
  const attacks: [name: string, row: (length: number) => string][] = [
    ['a name with blanks inside', (n) => `A${' '.repeat(n)}B,a@contoso.example,E,`],
    ['a name with blanks around', (n) => `${' '.repeat(n)}A${' '.repeat(n)},a@contoso.example,E,`],
    ['a note of dots', (n) => `A,a@contoso.example,E,"a@${'.'.repeat(n)} \n x"`],
    ['quotes and blanks', (n) => `A,a@contoso.example,E,"\n${' ""'.repeat(n / 3)}x"`],
    ['blanks before a quote', (n) => `A,a@contoso.example,E,${' '.repeat(n)}"x"${' '.repeat(n)}`],
    ['a name of one invisible character', (n) => `A${'\u200b'.repeat(n)}B,a@contoso.example,E,`],
    ['an address of dots', (n) => `A,a@${'.'.repeat(n)},E,`],
    ['brackets', (n) => `A,${'<'.repeat(n)},E,${'('.repeat(n)}`],
    ['a hexadecimal cell', (n) => `X'${'4'.repeat(n)},a@contoso.example,E,`],
    ['a distinguished name', (n) => `"CN=${'\\,'.repeat(n / 2)}",a@contoso.example,E,`],
    ['delimiters', (n) => `A,a@contoso.example,E${','.repeat(n)}x`],
    ['lines', (n) => `A,a@contoso.example,E,"${'\n'.repeat(n)}"`],
  ];

  test.each(attacks)('%s', (_name, row) => {
    const takeIn = (length: number) => importBytes(emptyDatabase(), HEADER + `${row(length)}\n`.repeat(4));
    // Below the limits, where everything looks inside, and above.
    for (const length of [12_000, 400_000]) expect(growsFaster(takeIn, length)).toBeNull();
    for (const length of [3000, 12_000, 800_000]) {
      const { rows, accepted, duplicates, rejected, problem } = takeIn(length);
      expect(problem === null ? rows : 4).toBe(4);
      expect(accepted + duplicates + rejected.length).toBe(rows);
    }
  });

  test('a row with a million blanks is refused as a row, by its length, and the one behind it is imported', () => {
    const db = emptyDatabase();
    const long = `A${' '.repeat(1_000_000)},a@contoso.example,E,`;
    const { accepted, rejected } = importBytes(db, `${HEADER}${long}\nB,b@contoso.example,E,x\n`);
    expect(rejected).toEqual([{ line: 2, problem: `The row is too long: ${long.length} characters, at most 65536.` }]);
    expect([accepted, storedPeople(db).map(({ displayName }) => displayName)]).toEqual([1, ['B']]);
  });

  test.each([
    ['CN', (long: string) => `${long},a@contoso.example,E,`],
    ['UserPrincipalName', (long: string) => `A,${long},E,`],
    ['EmployeeType', (long: string) => `A,a@contoso.example,${long},`],
  ])('a cell of %s that is longer than databases pad it is not looked into', (column, row) => {
    const { rejected } = importBytes(emptyDatabase(), `${HEADER}${row(' '.repeat(8193))}\n`);
    expect(rejected).toEqual([{ line: 2, problem: `${column} is too long: 8193 characters, at most 8192.` }]);
    expect(importBytes(emptyDatabase(), `${HEADER}${row(`x${' '.repeat(8000)}`)}\n`).rejected).not.toMatchObject([
      { problem: expect.stringContaining('at most 8192') },
    ]);
  });
});

describe('what stands above the rows', () => {
  test('a name of half a million characters refuses the file, and is stored with no row', () => {
    const db = emptyDatabase();
    const before = databaseBytes(db);
    const rows = 'A,a@contoso.example,E,x\n'.repeat(480);
    const { status, problem } = importBytes(db, `CN,UPN,Type,${'N'.repeat(500_000)}\n${rows}`);
    expect([status, problem?.message]).toEqual([
      'rejected',
      expect.stringMatching(/^In the header: the line is too long/),
    ]);
    expect(databaseBytes(db) - before).toBeLessThan(100_000);
  });

  test('a long name is stored once, shortened, and each of its values can be found by it', () => {
    const db = emptyDatabase();
    const before = databaseBytes(db);
    const rows = Array.from({ length: 480 }, (_, n) => `A,a${n}@contoso.example,E,value ${n}\n`).join('');
    const { accepted } = importBytes(db, `CN,UPN,Type,${'N'.repeat(60_000)}\n${rows}`);
    expect(accepted).toBe(480);
    expect(storedExtras(db)[479]).toEqual({ ['N'.repeat(256)]: 'value 479' });
    // The header as it is in the file, once, and half a kilobyte for each row and person.
    expect(databaseBytes(db) - before).toBeLessThan(60_000 + 480 * 1500);
  });

  test.each([
    [16_000, 200, /16000 columns, at most 1000/],
    [100_000, 20, /the line is too long: \d+ characters, at most 65536/],
  ])('%i columns × %i rows are refused after the first line', (columns, rows, message) => {
    const line = (cell: (n: number) => string) => `${Array.from({ length: columns }, (_, n) => cell(n)).join(',')}\n`;
    const text =
      line((n) => ['CN', 'UPN', 'Type'][n] ?? 'x') + line((n) => (n === 1 ? 'a@contoso.example' : 'y')).repeat(rows);
    const first = readTable([text]).next().value;
    expect(first).toMatchObject({ kind: 'fault', problem: { line: 1, message: expect.stringMatching(message) } });
    const { status, problem } = importBytes(emptyDatabase(), text);
    expect([status, problem?.line]).toEqual(['rejected', 1]);
  });

  test('a thousand columns of one name are told apart in the time of a thousand columns', () => {
    const take = (columns: number) => [...readTable([`CN,UPN,Type${',x'.repeat(columns - 3)}\n`])];
    expect(growsFaster(take, 500)).toBeNull();
    expect(take(1000)[0]).toMatchObject({ kind: 'header', header: { width: 1000 } });
    const names = take(1000).flatMap((part) =>
      part.kind === 'header' ? part.header.extras.map(({ name }) => name) : [],
    );
    expect([new Set(names).size, names[1]]).toEqual([997, 'x (2)']);
  });
});

test('a file is no more work than its share: where it is, it is refused at the line from which it is too much', () => {
  const text = HEADER + 'A,a@contoso.example,E,x\n'.repeat(1000);
  const parts = [...readTable([text], BY_NAME, 10_000)];
  const last = parts.at(-1);
  expect(last).toMatchObject({ kind: 'fault', problem: { message: expect.stringContaining('split it') } });
  expect(parts.length).toBeLessThan(600);
  expect([...readTable([text])].filter(({ kind }) => kind === 'row')).toHaveLength(1000);
});

test('a cancel is heard while the bytes are read, before the first row is stored', () => {
  const db = emptyDatabase();
  const text = HEADER + 'A,a@contoso.example,E,x\n'.repeat(100_000);
  for (const blocks of [1, 5, 50]) {
    let left = blocks;
    const throwIfStopped = () => {
      left -= 1;
      if (left < 0) throw new StoppedError('stopped');
    };
    expect(() => importBytes(db, text, { hooks: { throwIfStopped } })).toThrow(StoppedError);
    // Nothing more is read.
    expect(left).toBe(-1);
    expect(storedPeople(db)).toEqual([]);
  }
});
