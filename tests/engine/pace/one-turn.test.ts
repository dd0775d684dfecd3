import { expect, test } from 'vitest';
import { readRun, requestRun } from '#db/store/runs/runs.ts';
import { selectPeople } from '#lib/engine/cycle/select-people.ts';
import { addPerson, openServicesDatabase } from '#tests/support/services-world.ts';

const db = openServicesDatabase();

test('in a long cycle newcomers join those who remain, and nobody has a second turn, though due again already', async () => {
  const now = Date.now();
  const add = (name: string) => addPerson(db, { userPrincipalName: `${name}@contoso.example`, nextCheckAt: now }).id;
  const first = add('first');
  add('second');
  const run = readRun(db, requestRun(db, { trigger: 'schedule', requestedBy: 'test' }, now));
  if (!run) throw new Error('no run');
  const selection = await selectPeople(db, run, null, now);
  expect(selection.count).toBe(2);
  // The second was checked, and is due again in the next cycle.
  expect(await selection.addNewcomers([first])).toBe(0);
  add('third');
  expect(await selection.addNewcomers([first])).toBe(1);
  expect(await selection.addNewcomers([first])).toBe(0);
});
