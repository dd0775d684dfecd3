/** Joiners, movers and leavers in one file: nobody below a title of leavers is licensed, and nobody is lost. */
import { describe, expect, test } from 'vitest';
import { emptyDatabase, importBytes, NOW, storedPeople } from '#tests/intake/build.ts';
import { workbook } from '#tests/intake/xlsx/build.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType';

/** The names of the people whom a file brings, and the lines that stay out because of a title. */
function imported(text: string | Uint8Array, db = emptyDatabase(), more = {}) {
  const { rejected, rows, accepted, duplicates } = importBytes(db, text, more);
  expect(rows).toBe(accepted + duplicates + rejected.length);
  const below = rejected.filter(({ problem }) => problem.includes('may be about a leaver')).map(({ line }) => line);
  return { people: storedPeople(db).map(({ displayName }) => displayName), below };
}

const row = (name: string) => `${name},${name.toLowerCase()}@contoso.example,E`;

describe('below a title of leavers nobody is licensed', () => {
  test.each([
    ['Leavers,,', 'Joiners,,'],
    ['Leavers', 'New hires'],
    ['Terminations March 2026 (1),,', 'Transfers,,'],
    ['Austritte: 1,,', 'Eintritte: 1,,'],
    [',Départs,', ',Arrivées,'],
    ['退職者,,', '入社者,,'],
  ])('%s, until %s', (leavers, joiners) => {
    const text = [HEADER, row('Ada'), leavers, row('Bo'), joiners, row('Cy'), ''].join('\n');
    expect(imported(text)).toEqual({ people: ['Ada', 'Cy'], below: [4] });
  });

  test('also with a header of its own below the title, and below titles in between', () => {
    const text = ['Joiners', HEADER, row('Ada'), 'Leavers', HEADER, row('Bo'), 'Department IT,,', row('Cy'), ''].join(
      '\n',
    );
    expect(imported(text)).toEqual({ people: ['Ada'], below: [6, 8] });
  });

  test('also where it stands above everything, or is the name of the sheet', () => {
    expect(imported(`Leavers March 2026;;\n${HEADER.replaceAll(',', ';')}\nAda;ada@contoso.example;E\n`)).toEqual({
      people: [],
      below: [3],
    });
    const cells = [HEADER.split(','), row('Ada').split(',')];
    expect(imported(workbook({ sheets: [{ name: 'Leavers', rows: cells }] })).below).toEqual([2]);
    expect(imported(workbook({ sheets: [{ name: 'Joiners', rows: cells }] })).people).toEqual(['Ada']);
  });

  test('who is done or was dismissed is a duplicate there that changes nothing', () => {
    const db = emptyDatabase();
    imported(`${HEADER}\n${row('Ada')}\n`, db);
    db.$client.exec("update people set state = 'provisioned'");
    expect(imported(`${HEADER}\nLeavers,,\n${row('Ada').replace('E', 'N')}\n`, db, { now: NOW + 1 }).below).toEqual([]);
    expect(storedPeople(db)).toMatchObject([{ employeeType: 'E', state: 'provisioned' }]);
  });
});

test.each([
  ['joiners and leavers above one table', `Joiners and leavers\n${HEADER}\n${row('Ada')}\n`],
  ['a name', `${HEADER}\nAnna Leaver,,\n${row('Ada')}\n`],
  ['a type alone', `${HEADER}\n,,Terminated\n${row('Ada')}\n`],
  ['a cell of somebody', `${HEADER}\nLeavers,leavers@contoso.example,E\n${row('Ada')}\n`],
  ['a department', `${HEADER}\nDepartment: Sales,,\n${row('Ada')}\n`],
])('no such title: %s', (_, text) => {
  const { people, below } = imported(text);
  expect(below).toEqual([]);
  expect(people).toContain('Ada');
});

test.each(['leavers_20260304.csv', 'HR-Terminations.csv', 'userLeavers.xlsx', 'Austritte März.csv', '退職者.csv'])(
  'a file of the drop folder named %s is refused whole, and an operator may upload it all the same',
  (name) => {
    const text = `${HEADER}\n${row('Ada')}\n`;
    const dropped = { name, sourceKind: 'drop_folder', receivedFrom: 'idm' } as const;
    const refused = importBytes(emptyDatabase(), text, dropped);
    expect(refused).toMatchObject({ status: 'rejected', problem: { message: expect.stringContaining(name) } });
    expect(importBytes(emptyDatabase(), text, { name })).toMatchObject({ status: 'accepted', accepted: 1 });
  },
);

test.each(['joiners_leavers.csv', 'newcomers.csv', 'leave.csv', 'active and inactive.csv', 'people.csv', 'Export.csv'])(
  'one named %s is not',
  (name) => {
    const dropped = { name, sourceKind: 'drop_folder', receivedFrom: 'idm' } as const;
    expect(importBytes(emptyDatabase(), `${HEADER}\n${row('Ada')}\n`, dropped)).toMatchObject({ accepted: 1 });
  },
);
