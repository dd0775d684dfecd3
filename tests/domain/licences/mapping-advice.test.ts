import { describe, expect, test } from 'vitest';
import { forecast } from '#lib/domain/licences/forecast.ts';
import { adviceOn, refusalOf } from '#lib/domain/licences/mapping-advice.ts';
import { PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { editDistance, nearMatches } from '#lib/domain/text/similarity.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import { EXCHANGE_S_FOUNDATION, EXCHANGE_S_STANDARD, sku } from '#tests/support/builders.ts';

const plan = (servicePlanId: string, servicePlanName: string) => ({ servicePlanId, servicePlanName });
const DESKLESS = PLAN_IDS.EXCHANGE_S_DESKLESS;
const kiosk = sku({
  skuId: 'k',
  skuPartNumber: 'EXCHANGEDESKLESS',
  servicePlans: [plan(DESKLESS, 'EXCHANGE_S_DESKLESS')],
});
const teams = sku({
  skuId: 't',
  skuPartNumber: 'TEAMS',
  servicePlans: [plan('teams', 'TEAMS1'), plan(EXCHANGE_S_FOUNDATION, 'EXCHANGE_S_FOUNDATION')],
});
const bundle = sku({
  skuId: 'b',
  skuPartNumber: 'BUNDLE',
  servicePlans: [
    plan('teams', 'TEAMS1'),
    plan(EXCHANGE_S_STANDARD, 'EXCHANGE_S_STANDARD'),
    plan(EXCHANGE_S_FOUNDATION, 'EXCHANGE_S_FOUNDATION'),
  ],
});
const skus = [sku(), kiosk, teams, bundle];
const mapped = (skuPartNumber: string, disabledPlans: string[] = []) => ({ skuPartNumber, disabledPlans });
const said = (...licences: { skuPartNumber: string; disabledPlans: string[] }[]) =>
  adviceOn(licences, skus).map(({ level, message }) => `${level}: ${message}`);

describe('advice on a mapping', () => {
  test('an ordinary mapping gets none', () => {
    expect(said(mapped('EXCHANGESTANDARD'))).toEqual([]);
  });

  test('mailbox plans that exclude each other are a conflict', () => {
    expect(said(mapped('EXCHANGESTANDARD'), mapped('EXCHANGEDESKLESS'))).toEqual([
      'conflict: Exchange Online (Plan 1) [EXCHANGE_S_STANDARD] and Exchange Online Kiosk [EXCHANGE_S_DESKLESS] are mutually exclusive: Microsoft refuses to assign both. Turn one of them off.',
    ]);
    expect(said(mapped('BUNDLE', [EXCHANGE_S_STANDARD]), mapped('EXCHANGEDESKLESS'))).toEqual([]);
  });

  test('a plan that two licences bring is paid twice; the foundation that comes with everything is not', () => {
    expect(said(mapped('BUNDLE'), mapped('TEAMS'))).toEqual([
      'warning: TEAMS1 is in BUNDLE and in TEAMS: you pay for it twice.',
    ]);
    expect(said(mapped('BUNDLE'), mapped('TEAMS', ['teams']))).toEqual([]);
  });

  test('nobody gets a mailbox: says so, and which plan is off', () => {
    expect(said(mapped('TEAMS'))).toEqual(['conflict: Nobody gets a mailbox: no enabled service plan includes one.']);
    expect(said(mapped('BUNDLE', [EXCHANGE_S_STANDARD]))).toEqual([
      'conflict: Nobody gets a mailbox: no enabled service plan includes one. The Exchange Online plan of BUNDLE is turned off.',
    ]);
  });

  test('what Microsoft would refuse cannot be published; what it would take can', () => {
    const both = [mapped('EXCHANGESTANDARD'), mapped('EXCHANGEDESKLESS')];
    expect(refusalOf(both, skus)).toMatchObject({ said: ['exclusivePlans', expect.anything()] });
    expect(refusalOf([mapped('BUNDLE'), mapped('TEAMS')], skus)).toBeNull();
  });

  test('what it refuses comes before what deserves a second look', () => {
    const full = skus.map((each) => ({ ...each, consumedUnits: each.enabledUnits + each.warningUnits }));
    const levels = adviceOn(
      [mapped('EXCHANGESTANDARD'), mapped('BUNDLE'), mapped('GONE'), mapped('EXCHANGEDESKLESS')],
      full,
    );
    expect(levels.map(({ level }) => level)).toEqual([
      'conflict',
      'conflict',
      'warning',
      'warning',
      'warning',
      'warning',
    ]);
  });

  test('what cannot be assigned is named: not there, suspended, no seat', () => {
    expect(said(mapped('GONE'))).toEqual(['conflict: GONE (GONE) is not in this tenant.']);
    const suspended = [sku({ capabilityStatus: 'Suspended' })];
    expect(adviceOn([mapped('EXCHANGESTANDARD')], suspended)[0]?.message).toContain('is suspended');
    const full = [sku({ enabledUnits: 4, consumedUnits: 4 })];
    expect(adviceOn([mapped('EXCHANGESTANDARD')], full)[0]?.message).toContain('has no free seat at the moment');
  });
});

describe('near matches', () => {
  const known = [
    { employeeType: 'Employee', rank: 50 },
    { employeeType: 'Emplyee2', rank: 10 },
    { employeeType: 'External', rank: 100 },
    { employeeType: 'E', rank: 100 },
  ];

  test.each([
    ['employee ', ['Employee', 'E', 'Emplyee2']],
    ['Em-ployee', ['Employee', 'E', 'Emplyee2']],
    ['Emplioyee', ['E', 'Employee']],
    ['Extrenal', ['E', 'External']],
    ['Zivi', []],
    ['', []],
    ['N', []],
  ])('%j is like %j', (type, expected) => {
    expect(nearMatches(type, known).map(({ employeeType }) => employeeType)).toEqual(expected);
  });

  test('of two that are equally like, the lower rank comes first', () => {
    const twins = [
      { employeeType: 'Temp-A', rank: 20 },
      { employeeType: 'Temp-B', rank: 10 },
    ];
    expect(nearMatches('Temp', twins).map(({ employeeType }) => employeeType)).toEqual(['Temp-B', 'Temp-A']);
  });

  test.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'acb', 1],
    ['abc', 'ab', 1],
    ['kitten', 'sitting', 3],
  ])('from %j to %j it is %i letters', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });
});

describe('the forecast of seats', () => {
  test.each([
    [{ free: 3, reserved: 15, given: 0, days: 14 }, '12 too few for the people who need one.'],
    [{ free: 9, reserved: 0, given: 14, days: 14 }, 'Lasts about 9 days at the recent pace.'],
    [
      { free: 9, reserved: 8, given: 14, days: 14 },
      'Enough for the people who need one. Lasts about a day at the recent pace.',
    ],
    [{ free: 9, reserved: 2, given: 0, days: 14 }, 'Enough for the people who need one; no recent use.'],
    [{ free: 2, reserved: 2, given: 0, days: 14 }, 'Enough for the people who need one; no recent use.'],
    [{ free: 9, reserved: 0, given: 0, days: 14 }, 'No recent use.'],
    [{ free: 1, reserved: 0, given: 140, days: 14 }, 'Lasts less than a day at the recent pace.'],
    [
      { free: 9, reserved: 4, missing: 7, given: 14, days: 14 },
      '7 too few, counting people who start later, are planned, or need someone first.',
    ],
    [{ free: 3, reserved: 15, missing: 12, given: 0, days: 14 }, '12 too few for the people who need one.'],
  ])('%j: %s', (facts, text) => {
    expect(sayIn('en', 'seats').told(forecast({ missing: 0, ...facts }))).toBe(text);
  });
});
