/** The facts beside a person: each true also where nothing has happened yet. */
import { expect, test } from 'vitest';
import { licensedText, mappingText } from '#app/(console)/people/[id]/facts-text.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { sayIn } from '#lib/words/dictionary.ts';

const say = sayIn('en', 'person');

test('whoever is not licensed by us waits for it, or got a mailbox without us', () => {
  const licensed = Object.groupBy(PERSON_STATES, (state) => licensedText(say, { state }));
  expect(licensed['not by us']?.toSorted()).toEqual([
    'already_provisioned',
    'awaiting_mailbox',
    'dismissed',
    'provisioned',
  ]);
  expect(licensed['not yet']).toContain('needs_attention');
});

test('an EmployeeType that nobody gave is not said to be unmapped', () => {
  expect(mappingText(say, { mapping: null, employeeType: '' })).toBe('none: no EmployeeType given');
  expect(mappingText(say, { mapping: null, employeeType: 'Q' })).toBe('none: EmployeeType Q is not mapped');
});
