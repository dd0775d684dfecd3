import { describe, expect, test } from 'vitest';
import { decide } from '#lib/domain/decision/decide.ts';
import { guard, openAllowance, type Proposal } from '#lib/domain/decision/guardrails.ts';
import { classify } from '#lib/domain/decision/situation.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import { KIOSK, NOW, observation, PLAN_1, person, sku, tenant } from '#tests/support/builders.ts';

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
    const { proposals } = guard(crowd(1), allowance, 0, NOW);
    expect(states(proposals)).toEqual(['awaiting_seat']);
    expect(proposals[0]?.decision).toMatchObject({
      verdict: { message: expect.stringContaining('Exchange Online (Plan 1)') },
    });
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
    expect(result.proposals[3]?.decision).toMatchObject({
      verdict: { reason: 'safety_limit', message: expect.stringContaining('More than 3 people') },
    });
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

  test('a plan that is no longer the approved one is held again, and says what it would be now', () => {
    const plan = planKey({ addLicenses: [], removeLicenses: [], location: null });
    const changed = ready(1, { approvedAt: NOW, approvedBy: 'Olga', approvedPlan: plan });
    const [proposal] = guard([changed], openAllowance([sku()]), 0, NOW).proposals;
    expect(proposal?.decision).toMatchObject({
      kind: 'settle',
      heldPlan: changed.decision.kind === 'license' ? planKey(changed.decision) : null,
      verdict: {
        state: 'held',
        reason: 'approval_void',
        message: expect.stringContaining('Exchange Online (Plan 1) with usage location US'),
        nextCheckAt: null,
      },
    });
  });

  test('an approval that is void names who gave it, also where the account has its usage location', () => {
    const one = ready(1, { approvedAt: NOW, approvedBy: 'Olga', approvedPlan: 'another' });
    if (one.decision.kind !== 'license') throw new Error('not ready');
    const located: Proposal = { ...one, decision: { ...one.decision, location: null } };
    const [held] = guard([located], openAllowance([sku()]), 0, NOW).proposals;
    expect(held?.decision).toMatchObject({ verdict: { message: expect.stringContaining('Olga') } });
    expect(held?.decision).toMatchObject({ verdict: { message: expect.not.stringContaining('usage location') } });
  });

  test('the approved plan passes', () => {
    const first = ready(1);
    if (first.decision.kind !== 'license') throw new Error('not ready');
    const approved = ready(1, { approvedAt: NOW, approvedPlan: planKey(first.decision) });
    expect(states(guard([approved], openAllowance([sku()], new Map(), 5), 5, NOW).proposals)).toEqual(['license']);
  });

  test('whoever was held once needs an approval, however few are licensed', () => {
    const [held] = guard([ready(1, { approvalNeededSince: NOW })], openAllowance([sku()]), 100, NOW).proposals;
    expect(held?.decision).toMatchObject({ verdict: { state: 'held', reason: 'approval_needed' } });
  });

  test('who was licensed in the day before counts', () => {
    const allowance = openAllowance([sku()], new Map(), 2);
    expect(states(guard(crowd(2), allowance, 3, NOW).proposals)).toEqual(['license', 'held']);
  });

  test('a seat that nobody has but is promised to others is told, and counts down as it is given away', () => {
    const allowance = openAllowance([sku({ enabledUnits: 7, consumedUnits: 4 })], new Map([[PLAN_1, 2]]));
    const [first, second] = guard(crowd(2), allowance, 0, NOW).proposals;
    expect(first?.decision.kind).toBe('license');
    expect(second?.decision).toMatchObject({
      verdict: { reason: 'no_seat', message: expect.stringContaining('the 2 that are free') },
    });
  });

  test('a licence that is taken off to be put on again needs no seat, whatever the limit', () => {
    const one = ready(1, { choice: 'reassign' });
    if (one.decision.kind !== 'license') throw new Error('not ready');
    const licences = one.decision.addLicenses;
    const again: Proposal = { ...one, decision: { ...one.decision, removeLicenses: licences } };
    const full = openAllowance([sku({ enabledUnits: 4 })], new Map(), 5);
    const { proposals, allowance } = guard([again], full, 5, NOW);
    expect(states(proposals)).toEqual(['license']);
    expect(allowance).toEqual(full);
  });

  test('a licence in the place of another takes a seat of the new one only', () => {
    const one = ready(1);
    if (one.decision.kind !== 'license') throw new Error('not ready');
    const kiosk = { skuId: KIOSK, skuPartNumber: 'EXCHANGEDESKLESS' };
    const swap: Proposal = { ...one, decision: { ...one.decision, removeLicenses: [kiosk] } };
    const { allowance } = guard([swap], openAllowance([sku()]), 0, NOW);
    expect(allowance).toEqual({ seats: new Map([[PLAN_1, 5]]), free: new Map([[PLAN_1, 5]]), licensed: 1 });
    const [held] = guard(
      [{ ...swap, person: { ...swap.person, approvedAt: NOW, approvedPlan: 'another' } }],
      openAllowance([sku()]),
      0,
      NOW,
    ).proposals;
    expect(held?.decision).toMatchObject({
      verdict: { message: expect.stringContaining('Exchange Online (Plan 1) in the place of Exchange Online Kiosk') },
    });
  });
});
