/** A person’s page in the language of its reader: from the facts that are stored, and through what operators do. */
import { expect, test } from 'vitest';
import { personInWords } from '#app/(console)/people/[id]/in-words.ts';
import { storedSaid, tell } from '#lib/domain/reasons/said.ts';
import { dismissPeople, retryPeople } from '#lib/services/people/actions/people-moves.ts';
import { undoDismissals } from '#lib/services/people/actions/person-edits.ts';
import { readPerson } from '#lib/services/people/people.ts';
import { addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const helpdesk = operator('Operator');
const unmapped = tell('type_unmapped', { employeeType: 'X', before: null });
const standing = { reason: 'type_unmapped', message: unmapped.message, said: storedSaid(unmapped.said) };
const inGerman = (id: number) => personInWords('de', readPerson(helpdesk, { id }));

test('says in German where somebody stands and what happened, with names and values as they are', () => {
  const { id, revision } = addPerson(db, standing);
  const before = inGerman(id);
  expect(before).toMatchObject({
    reasonTitle: 'Der EmployeeType ist nicht zugeordnet',
    message: 'Der EmployeeType X hat keine Zuordnung, deshalb lässt sich keine Lizenz wählen.',
    lang: undefined,
  });
  expect(before.fix).toMatch(/^Legen Sie für diesen EmployeeType/);
  retryPeople(helpdesk, { people: [{ id, revision }], why: 'Mapped by now' });
  const after = inGerman(id);
  const told =
    'Demo Operator hat eine erneute Prüfung angefordert. Der nächste Zyklus prüft. Begründung: Mapped by now';
  expect(after.message).toBe(told);
  expect(after.timeline[0]).toMatchObject({ title: 'Erneute Prüfung angefordert', message: told, lang: undefined });
  expect(readPerson(helpdesk, { id }).message).toMatch(/^Demo Operator requested a retry\..* Why: Mapped by now$/);
  dismissPeople(helpdesk, { people: [{ id, revision: revision + 1 }], why: 'Named twice' });
  expect(inGerman(id).message).toBe('Demo Operator hat den Fall geschlossen: Named twice');
  undoDismissals(helpdesk, { ids: [id] });
  expect(inGerman(id).message).toBe(told);
});

test('a sentence of an earlier release stays English, and is marked so', () => {
  const { id } = addPerson(db, { ...standing, said: null });
  expect(inGerman(id)).toMatchObject({ message: unmapped.message, lang: 'en' });
});
