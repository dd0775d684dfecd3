import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { settings } from '#db/schema/system.ts';
import { claimDropFolder } from '#lib/intake/drop-folder/drop-folder.ts';
import { importFile } from '#lib/intake/import.ts';
import { StoppedError } from '#lib/intake/import-request.ts';
import { resumeImport } from '#lib/intake/resume-import.ts';
import { caseTable, validateCase } from '#lib/intake/rows/case-table.ts';
import { emptyDatabase, importBytes, inPlace, NOW, storedPeople, storedRows, tempFolder } from './build.ts';

function casesOfRows(db: Db) {
  return storedRows(db).flatMap(({ fileId, verdict, line, raw, problems }) => {
    const file = caseTable(db, fileId);
    if (verdict !== 'rejected' || !file) return [];
    return [validateCase(file, { line, raw, problems: JSON.parse(problems ?? '[]') })];
  });
}

function save(db: Db, key: 'columnOrder' | 'columnAliases' | 'timeZone', value: string | string[]): void {
  db.insert(settings)
    .values({ key: `settings.${key}`, value, updatedAt: NOW, updatedBy: 'Olga Operator' })
    .run();
}

test('the names that an organisation has for its columns are understood', () => {
  const db = emptyDatabase();
  const file = 'Name,Email,Employee Type\nAda Test,ada@contoso.example,E\n';
  expect(importBytes(db, file).status).toBe('rejected');
  save(db, 'columnAliases', ['UserPrincipalName = Email']);
  expect(importBytes(db, file)).toMatchObject({ status: 'accepted', accepted: 1 });
});

test('a file without a header is refused by the drop folder, until an order of columns is agreed', async () => {
  const db = emptyDatabase();
  const [folder, dataDir] = [tempFolder(), tempFolder()];
  const claim = { db, dataDir, folder, settleMs: 0, now: NOW, runId: null, runTask: inPlace };
  const drop = () =>
    writeFileSync(path.join(folder, 'bare.csv'), 'Ada,ada@contoso.example,E\nBo,bo@contoso.example,N\n');
  drop();
  const [refused] = (await claimDropFolder(claim)).files;
  expect(refused).toMatchObject({ status: 'rejected', problem: { message: expect.stringContaining('no header') } });
  save(db, 'columnOrder', ['CN', 'UserPrincipalName', 'EmployeeType']);
  drop();
  const [taken] = (await claimDropFolder(claim)).files;
  expect(taken).toMatchObject({ status: 'accepted', rows: 2, accepted: 2 });
  expect(storedPeople(db).map(({ displayName }) => displayName)).toEqual(['Ada', 'Bo']);
});

test('an empty name or type, or a country that cannot be read, says nothing against what is known', () => {
  const db = emptyDatabase();
  const header = 'CN,UserPrincipalName,EmployeeType,UsageLocation\n';
  importBytes(db, `${header}Ada,ada@contoso.example,E,DE\n`);
  importBytes(db, `${header},ada@contoso.example,,Nowhere\n`);
  expect(storedPeople(db)).toMatchObject([{ displayName: 'Ada', employeeType: 'E', usageLocation: 'DE' }]);
  expect(JSON.parse(storedRows(db)[1]?.problems ?? '').map(({ column }: { column: string }) => column)).toEqual([
    'CN',
    'EmployeeType',
    'UsageLocation',
  ]);
});

test('whoever came without name and type gets them from a later file', () => {
  const db = emptyDatabase();
  const header = 'CN,UserPrincipalName,EmployeeType\n';
  importBytes(db, `${header},ada@contoso.example,\n`);
  expect(storedPeople(db)).toMatchObject([{ displayName: 'ada@contoso.example', employeeType: '' }]);
  importBytes(db, `${header}Ada,ada@contoso.example,E\n`);
  expect(storedPeople(db)).toMatchObject([{ displayName: 'Ada', employeeType: 'E' }]);
});

test('a long file that was cut short is read to the end by the rules it was begun with', () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  save(db, 'columnAliases', ['UserPrincipalName = Email']);
  const row = (n: number) => `£aneta ${n},p${n}@contoso.example,E,${n === 0 ? '3/23/2026' : '3/4/2026'}\n`;
  const text = `Name,Email,Type,StartDate\n${Array.from({ length: 4000 }, (_, n) => row(n)).join('')}`;
  const kept = path.join(folder, 'long.csv');
  writeFileSync(kept, text, 'latin1');
  const source = openSync(kept, 'r');
  const yieldToWriters = () => {
    throw new StoppedError('stopped after the first slice');
  };
  const upload = { name: 'long.csv', sourceKind: 'upload', receivedFrom: 'Olga', now: NOW, runId: null } as const;
  const request = { ...upload, db, source, copyTo: null, id: 'f1', storedName: 'long.csv', hooks: { yieldToWriters } };
  expect(() => importFile(request)).toThrow(StoppedError);
  closeSync(source);
  db.delete(settings).run();
  expect(resumeImport(db, 'f1', folder)).toMatchObject({ kind: 'ended', file: { accepted: 4000, rejected: 0 } });
  const stored = storedPeople(db);
  expect(new Set(stored.slice(1).map(({ startDate }) => startDate))).toEqual(new Set(['2026-03-04']));
  expect([stored[0]?.displayName, stored.at(-1)?.displayName]).toEqual(['Łaneta 0', 'Łaneta 3999']);
  expect(storedRows(db).every(({ problems }) => problems?.includes('£aneta'))).toBe(true);
});

test.each([
  // There it is the fifth already.
  ['Pacific/Auckland', Date.UTC(2026, 2, 4, 13), 1],
  ['UTC', Date.UTC(2026, 2, 4, 13), 0],
  // There it is the fourth still.
  ['America/Los_Angeles', Date.UTC(2026, 2, 5, 3), 0],
  ['UTC', Date.UTC(2026, 2, 5, 3), 1],
] as const)('in %s somebody has left when the last day is over there', (timeZone, now, stayOut) => {
  const db = emptyDatabase();
  save(db, 'timeZone', timeZone);
  const header = 'CN,UserPrincipalName,EmployeeType,Last day\n';
  const short = importBytes(db, `${header}Ada,ada@contoso.example,E,2026-03-04\n`, { now });
  const more = Array.from({ length: 2000 }, (_, n) => `Bo ${n},bo${n}@contoso.example,E,\n`).join('');
  const long = importBytes(db, `${header}Cy,cy@contoso.example,E,2026-03-04\n${more}`, { now });
  expect([short, long].map(({ rejected }) => rejected.length)).toEqual([stayOut, stayOut]);
  // A row that stayed out is read again by the same day, whatever the zone is by then.
  db.delete(settings).run();
  const told = casesOfRows(db).map(({ kind }) => kind);
  expect(told).toEqual(stayOut === 1 ? ['rejected', 'rejected'] : []);
});

test('a start date that is midnight of the organisation in UTC is its day, in short files and long ones', () => {
  const db = emptyDatabase();
  save(db, 'timeZone', 'Europe/Berlin');
  const header = 'CN,UserPrincipalName,EmployeeType,StartDate\n';
  importBytes(db, `${header}Ada,ada@contoso.example,E,2026-03-01T23:00:00Z\n`);
  const more = Array.from({ length: 2000 }, (_, n) => `Bo ${n},bo${n}@contoso.example,E,\n`).join('');
  importBytes(db, `${header}Cy,cy@contoso.example,E,2026-03-01T23:00:00Z\n${more}`);
  const days = storedPeople(db).filter(({ startDate }) => startDate !== null);
  expect(days.map(({ startDate }) => startDate)).toEqual(['2026-03-02', '2026-03-02']);
});
