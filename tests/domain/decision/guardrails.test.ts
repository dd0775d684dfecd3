import { describe, expect, test } from 'vitest';
import { decide } from '#lib/domain/decision/decide.ts';
import { guard, openAllowance, type Proposal } from '#lib/domain/decision/guardrails.ts';
import { classify } from '#lib/domain/decision/situation.ts';
import type { Person } from '#lib/domain/person.ts';
import { NOW, observation, person, sku, tenant } from '#tests/support/builders.ts';

function ready(id: number, change: Partial<Person> = {}): Proposal {
  const one = observation({ person: person({ id, ...change }) });
  return { person: one.person, decision: decide(classify(one, tenant()), one.person, NOW) };
}

const states = (proposals: readonly Proposal[]) =>
  proposals.map(({ decision }) => (decision.kind === 'settle' ? decision.verdict.state : 'license'));

const crowd = (size: number) => Array.from({ length: size }, (_, index) => ready(index + 1));

describe('guard', () => {
  test('seats go to whoever came first; the others wait for one', () => {
    const allowance = openAllowance([sku({ enabledUnits: 6, consumedUnits: 4 })]);
    expect(states(guard(crowd(4), allowance, 0, NOW).proposals)).toEqual([
      'license',
      'license',
      'awaiting_seat',
      'awaiting_seat',
    ]);
  });

  test('seats reserved in one chunk are gone in the next', () => {
    const first = guard(crowd(2), openAllowance([sku({ enabledUnits: 7, consumedUnits: 4 })]), 0, NOW);
    expect(states(guard(crowd(2), first.allowance, 0, NOW).proposals)).toEqual(['license', 'awaiting_seat']);
  });

  test('a tenant that is over its seats has none, not fewer than none', () => {
    const allowance = openAllowance([sku({ enabledUnits: 3, consumedUnits: 4 })]);
    expect(states(guard(crowd(1), allowance, 0, NOW).proposals)).toEqual(['awaiting_seat']);
  });

  test('seats of people held for approval are not given to whoever came later', () => {
    const allowance = openAllowance([sku({ enabledUnits: 7, consumedUnits: 4 })], new Map([[sku().skuId, 2]]));
    expect(states(guard(crowd(2), allowance, 0, NOW).proposals)).toEqual(['license', 'awaiting_seat']);
  });

  test('units in grace are assignable seats', () => {
    const allowance = openAllowance([sku({ enabledUnits: 4, warningUnits: 1, consumedUnits: 4 })]);
    expect(states(guard(crowd(1), allowance, 0, NOW).proposals)).toEqual(['license']);
  });

  test('a seat kept for somebody whose account is not there yet is not given to whoever starts later', () => {
    const absent: Proposal = {
      person: person({ id: 99 }),
      decision: {
        kind: 'settle',
        verdict: { state: 'awaiting_sync', reason: 'not_synchronised', message: '', nextCheckAt: NOW },
      },
      keeps: [{ skuId: sku().skuId }],
    };
    const allowance = openAllowance([sku({ enabledUnits: 6, consumedUnits: 4 })]);
    expect(states(guard([absent, ...crowd(2)], allowance, 0, NOW).proposals)).toEqual([
      'awaiting_sync',
      'license',
      'awaiting_seat',
    ]);
    expect(states(guard([...crowd(2), absent], allowance, 0, NOW).proposals)).toEqual([
      'license',
      'license',
      'awaiting_sync',
    ]);
  });

  test('people beyond the safety limit are held, the rest continues', () => {
    const result = guard(crowd(4), openAllowance([sku()]), 3, NOW);
    expect(states(result.proposals)).toEqual(['license', 'license', 'license', 'held']);
  });

  test('the safety limit counts over the whole run, chunk by chunk', () => {
    const first = guard(crowd(2), openAllowance([sku()]), 3, NOW);
    expect(states(guard(crowd(2), first.allowance, 3, NOW).proposals)).toEqual(['license', 'held']);
  });

  test('only people about to be licensed are counted', () => {
    const waiting: Proposal = {
      person: person({ id: 99 }),
      decision: {
        kind: 'settle',
        verdict: { state: 'awaiting_sync', reason: 'not_synchronised', message: '', nextCheckAt: NOW },
      },
    };
    const result = guard([waiting, waiting, ...crowd(2)], openAllowance([sku()]), 2, NOW);
    expect(states(result.proposals)).toEqual(['awaiting_sync', 'awaiting_sync', 'license', 'license']);
  });

  test('somebody an operator approved is licensed beyond the limit and does not count', () => {
    const result = guard([ready(1), ready(2, { approvedAt: NOW }), ready(3)], openAllowance([sku()]), 1, NOW);
    expect(states(result.proposals)).toEqual(['license', 'license', 'held']);
  });

  test('0 means no limit', () => {
    const allowance = openAllowance([sku({ enabledUnits: 1000 })]);
    expect(new Set(states(guard(crowd(500), allowance, 0, NOW).proposals))).toEqual(new Set(['license']));
  });
});
