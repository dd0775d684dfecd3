import { expect, test } from 'vitest';
import { planKey, readPlan } from '#lib/domain/licences/plan-key.ts';

const licence = (skuPartNumber: string, disabledPlans: string[] = []) => ({
  skuId: `id of ${skuPartNumber}`,
  skuPartNumber,
  disabledPlans,
});
const plan = {
  addLicenses: [licence('A', ['p', 'q']), licence('B')],
  removeLicenses: [licence('C'), licence('D')],
  location: { value: 'US' },
};

test('a plan stays the approved one in whatever order Microsoft lists its parts', () => {
  const other = {
    addLicenses: [licence('B'), licence('A', ['q', 'p'])],
    removeLicenses: [licence('D'), licence('C')],
    location: { value: 'US' },
  };
  expect(planKey(other)).toBe(planKey(plan));
});

test('a plan is another one with another licence, service plan, removal or usage location', () => {
  const others = [
    { ...plan, addLicenses: [licence('A', ['p', 'q'])] },
    { ...plan, addLicenses: [licence('A', ['p']), licence('B')] },
    { ...plan, removeLicenses: [licence('C')] },
    { ...plan, removeLicenses: [] },
    { ...plan, location: { value: 'DE' } },
    { ...plan, location: null },
  ];
  expect(new Set([plan, ...others].map(planKey)).size).toBe(others.length + 1);
});

test('what is stored is read again', () => {
  expect(readPlan(planKey(plan))).toEqual({
    licences: [
      { skuPartNumber: 'A', disabledPlans: ['p', 'q'] },
      { skuPartNumber: 'B', disabledPlans: [] },
    ],
    remove: ['C', 'D'],
    usageLocation: 'US',
  });
  expect(readPlan(planKey({ addLicenses: [], removeLicenses: [], location: null }))).toEqual({
    licences: [],
    remove: [],
    usageLocation: null,
  });
});

test('a plan from before anything could be taken away is stored without that, and stays the same', () => {
  expect(planKey({ ...plan, removeLicenses: [] })).not.toContain('remove');
});

test('no plan, or one of another version, is none', () => {
  for (const key of [
    null,
    '',
    'a',
    '{}',
    '{"licences":[{}],"usageLocation":null}',
    '{"licences":["A"],"usageLocation":"US"}',
  ])
    expect(readPlan(key)).toBeNull();
});
