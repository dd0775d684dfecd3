/** What happens in practice, case by case: who is taken in, what stays out, and what is told. */
import { expect, test } from 'vitest';
import { emptyDatabase, importBytes, storedPeople, storedRows } from './build.ts';
import { CASES } from './field-cases.ts';

test('a header in the middle of a file says that it is one', () => {
  const header = 'CN,UserPrincipalName,EmployeeType\n';
  const { rejected } = importBytes(
    emptyDatabase(),
    `${header}Ada Test,ada.test@contoso.example,E\n${header}Bo Test,bo.test@contoso.example,N\n\nName,UPN,Last day\nTotal,2,\n`,
  );
  const again = 'UserPrincipalName holds the name of a column: this row is a header and names nobody.';
  expect(rejected).toEqual([
    { line: 3, problem: again },
    { line: 6, problem: again },
    {
      line: 7,
      problem: 'The row stands below another header (line 6): its columns are not those by which the file is read.',
    },
  ]);
});

test.each(CASES)('$id: $what', ({ file, people = [], rejected = [], duplicates = 0, doubts = [], notes, refused }) => {
  const db = emptyDatabase();
  const imported = importBytes(db, file);
  expect(imported.problem?.message ?? null).toEqual(refused === undefined ? null : expect.stringContaining(refused));
  expect(imported).toMatchObject({ accepted: people.length, duplicates });
  expect(imported.rejected.map(({ line }) => line)).toEqual(rejected);
  expect(imported.rows).toBe(imported.accepted + imported.duplicates + imported.rejected.length);
  const shown = storedPeople(db).map(({ displayName, employeeType, usageLocation, startDate }) =>
    `${displayName}|${employeeType}|${usageLocation ?? ''}|${startDate ?? ''}`.replace(/(?<=\|.*)\|{1,2}$/, ''),
  );
  expect(shown).toEqual(people);
  const told = storedRows(db).flatMap(({ line, verdict, problems }) =>
    verdict !== 'accepted' || problems === null
      ? []
      : JSON.parse(problems).map(({ message }: { message: string }) => `${line} ${message}`),
  );
  expect(told).toEqual(
    doubts.map((doubt) => expect.stringMatching(new RegExp(`^${doubt.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}`))),
  );
  const stored = db.$client.prepare<[], string | null>('select notes from intake_files').pluck().get();
  const said = (JSON.parse(stored ?? '[]') as { message: string }[]).map(({ message }) => message);
  expect(said).toEqual(notes === undefined ? [] : [notes]);
});
