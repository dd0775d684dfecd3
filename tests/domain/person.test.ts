import { expect, test } from 'vitest';
import { COMMAND_LINE, ENGINE } from '#lib/domain/events.ts';
import { domainOf, employeeTypeKey, upnKey } from '#lib/domain/person.ts';

test.each([
  ['blanks around it', ' ada@contoso.example\t'],
  ['capitals', 'Ada@CONTOSO.example'],
])('one person is named with %s', (_, written) => expect(upnKey(written)).toBe('ada@contoso.example'));

test('one person is named in either form of Unicode, and another letter is another person', () => {
  expect(upnKey('zoe\u0308@contoso.example')).toBe(upnKey('zo\u00eb@contoso.example'));
  expect(upnKey('zoe@contoso.example')).not.toBe(upnKey('zo\u00eb@contoso.example'));
});

test.each([
  ['Ada@CONTOSO.example', 'contoso.example'],
  ['"a@b"@contoso.example', 'contoso.example'],
  ['ada', 'ada'],
])('the domain of %s is %s', (name, domain) => expect(domainOf(name)).toBe(domain));

test('an EmployeeType is the same with blanks, in capitals and in either form of Unicode; ß is not SS', () => {
  expect(employeeTypeKey(' Zoe\u0308 ')).toBe(employeeTypeKey('ZO\u00cb'));
  expect(employeeTypeKey('GROSS')).not.toBe(employeeTypeKey('groß'));
});

test('an EmployeeType is the same however wide its letters and whatever its blanks are, as a file is read', () => {
  const typed = ['Ｅ１ Staff', 'E1\u3000Staff', '\u200bE1\u00a0Staff\ufeff', ' e1 staff\t'];
  expect(typed.map(employeeTypeKey)).toEqual(typed.map(() => 'e1 staff'));
  expect(employeeTypeKey('社員（Ａ）')).toBe(employeeTypeKey('社員(A)'));
  expect(employeeTypeKey('E 1')).not.toBe(employeeTypeKey('E1'));
});

test('what nobody did who can sign in has a name and no key', () => {
  expect([ENGINE, COMMAND_LINE]).toEqual([
    { name: 'engine', key: null },
    { name: 'command line', key: null },
  ]);
});
