/** Columns as forms ask for them, and as systems of their own kind call them: whoever filled in a form is not the newcomer. */
import { describe, expect, test } from 'vitest';
import { emptyDatabase, importBytes, storedPeople } from '#tests/intake/build.ts';

const UPN = 'ada@contoso.example';

function taken(columns: string, cells: string) {
  const db = emptyDatabase();
  const { problem } = importBytes(db, `${columns}\n${cells}\n`);
  return problem?.message ?? storedPeople(db).map((one) => `${one.displayName}|${one.upnKey}|${one.employeeType}`);
}

describe('who filled in a form of Microsoft is not who it is about', () => {
  test.each([
    ['Email,Name,New hire full name,UserPrincipalName,Employee type', `Ada Able,${UPN},E`],
    ['Email,Name,New hire name,UPN of new hire,Employee type', `Ada Able,${UPN},E`],
    ['Email,Name,First name,Last name,UPN,Employee type', `Ada,Able,${UPN},E`],
  ])('%s', (columns, cells) => {
    const head = `ID,Start time,Completion time,${columns}`;
    expect(taken(head, `1,3/1/2026 9:00,3/1/2026 9:05,hr@contoso.example,HR Person,${cells}`)).toEqual([
      `Ada Able|${UPN}|E`,
    ]);
  });

  test.each([
    ['ID;Startzeit;Fertigstellungszeit;E-Mail;Name', 'Name des neuen Mitarbeiters', 'Ada Able'],
    ['ID;Heure de début;Heure de fin;Adresse de messagerie;Nom', 'Prénom;Nom de famille', 'Ada;Able'],
  ])('%s', (head, columns, cells) =>
    expect(taken(`${head};${columns};UPN;EmployeeType`, `1;1;1;hr@contoso.example;HR;${cells};${UPN};E`)).toEqual([
      `Ada Able|${UPN}|E`,
    ]),
  );

  test('but is, where the form asks for no other name', () =>
    expect(
      taken('ID,Start time,Completion time,Email,Name,UPN,EmployeeType', `1,1,1,x@contoso.example,Ada,${UPN},E`),
    ).toEqual([`Ada|${UPN}|E`]));
});

test.each([
  ['What is the full name of the new hire?,New hire’s UPN,Employee type', `Ada,${UPN},E`],
  ['New hire name,Manager name,New hire UPN,Manager UPN,Employee type', `Ada,Bo,${UPN},bo@contoso.example,E`],
  ['Name,UPN,Employee UPN,EmployeeType', `Ada,${UPN},x@contoso.example,E`],
  ['Old employee UPN,Name,UPN,EmployeeType', `x@contoso.example,Ada,${UPN},E`],
  ['User name,Name,UPN,EmployeeType', `aable,Ada,${UPN},E`],
  ['User type,Name,UPN,EmployeeType', `Member,Ada,${UPN},E`],
  ['Person Name,UPN,Worker Type', `Ada,${UPN},E`],
  ['Name,UPN,Employment type,Type', `Ada,${UPN},E,User`],
  ['Name,UPN,Employee Type,Worker Type,Employment type', `Ada,${UPN},E,Regular,Full time`],
  ['Name,UPN,Mitarbeitertyp,Employment type', `Ada,${UPN},E,Full time`],
  ['Name,UPN,Worker Type,Emp Type', `Ada,${UPN},Regular,E`],
])('%s', (columns, cells) => expect(taken(columns, cells)).toEqual([`Ada|${UPN}|E`]));

test.each(['User name,UPN,EmployeeType', 'Employee,UPN,EmployeeType', 'Department name,UPN,EmployeeType'])(
  'a name of something else is none: %s',
  (columns) => expect(taken(columns, `aable,${UPN},E`)).toContain('the column CN is missing'),
);

test('nor is a type of accounts one of employees', () =>
  expect(taken('User type,Name,UPN', `Member,Ada,${UPN}`)).toContain('the column EmployeeType is missing'));
