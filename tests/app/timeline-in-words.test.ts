import { expect, test } from 'vitest';
import { personInWords } from '#app/(console)/people/[id]/in-words.ts';
import { assignPerson } from '#db/store/people/person-edits.ts';
import { readPerson } from '#lib/services/people/people.ts';
import { addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const helpdesk = operator('Operator');

test('what happened to a person is told in the reader’s language, and in English as it was recorded', () => {
  const { id } = addPerson(db, { displayName: 'Grace' });
  assignPerson(db, id, helpdesk, helpdesk, Date.now());
  const person = readPerson(helpdesk, { id });
  const [english, german] = (['en', 'de'] as const).map((language) => personInWords(language, person).timeline[0]);
  expect(english).toMatchObject({ message: `${helpdesk.name} is on it.` });
  expect(german).toMatchObject({ message: `${helpdesk.name} kümmert sich darum.` });
});

test('what was written to the account says why in the reader’s language; what an earlier release wrote stays English', () => {
  const { id } = addPerson(db);
  assignPerson(db, id, helpdesk, helpdesk, Date.now());
  const person = readPerson(helpdesk, { id });
  const [entry] = person.timeline;
  if (!entry) throw new Error('nothing happened');
  const licence = { what: 'licence', from: null, to: 'E3', why: 'mapping of EmployeeType N' };
  const written = [
    { ...licence, because: { what: 'licence', employeeType: 'N', isReassigned: false, by: null } },
    { ...licence, because: { what: 'licence', employeeType: 'N', isReassigned: true, by: 'Ann' } },
    { ...licence, because: { what: 'location', source: 'default', by: null } },
    licence,
  ] as const;
  const timeline = [
    { ...entry, written: [...written] },
    { ...entry, event: null, unchanged: 3 },
  ];
  const [told, checked] = personInWords('de', { ...person, timeline }).timeline;
  expect(told?.written.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    'Lizenz: Zuordnung des EmployeeType N',
    'Lizenz: entfernt und neu zugewiesen, wie Ann entschieden hat',
    'Nutzungsstandort: der Standard aus den Einstellungen',
    'licence: mapping of EmployeeType N',
  ]);
  expect(checked).toMatchObject({ title: 'Erneut geprüft', message: expect.stringContaining('3 Prüfungen') });
});
