import { expect, test } from 'vitest';
import { isStillHeld } from '#lib/domain/decision/taken-away.ts';
import type { Person } from '#lib/domain/person.ts';
import { accountOf, heldLicence, KIOSK, mapping, NOW, PLAN_1, person, sku } from '#tests/support/builders.ts';

const HOUR = 3_600_000;
const licensed: Partial<Person> = { state: 'queued', licensedAt: NOW - 48 * HOUR };

function decides(who: Partial<Person>, licences: string[], skus = [sku()]): boolean {
  const account = accountOf({ licences: licences.map((skuId) => heldLicence(skuId)) });
  return isStillHeld(mapping(), person({ ...licensed, ...who }), { account, skus }, NOW);
}

test('a version of a mapping decides as long as its licence is on the account, and can be assigned', () => {
  expect(decides({}, [PLAN_1])).toBe(true);
  expect(decides({}, [KIOSK])).toBe(false);
  expect(decides({}, [PLAN_1], [sku({ capabilityStatus: 'Suspended' })])).toBe(false);
  expect(decides({}, [PLAN_1], [])).toBe(false);
});

test('and where a read may not show it: nobody is given a second one', () => {
  expect(decides({ licensedAt: NOW - HOUR / 2 }, [])).toBe(true);
  expect(decides({ choice: 'reassign' }, [])).toBe(true);
  expect(isStillHeld(mapping(), person(licensed), { account: null, skus: [sku()] }, NOW)).toBe(true);
});

test('a write whose result is unknown was made by the mapping in force, which decides on', () => {
  expect(decides({ unsettledWriteAt: NOW - HOUR / 2 }, [])).toBe(false);
});
