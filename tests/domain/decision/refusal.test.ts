import { describe, expect, test } from 'vitest';
import { notWritten, type Refusal, refusalVerdict } from '#lib/domain/decision/refusal.ts';
import { USUAL_WAITING_TIMES } from '#lib/domain/decision/waiting-times.ts';
import type { Person } from '#lib/domain/person.ts';
import { KIOSK, NOW, PLAN_1, person } from '#tests/support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SIX_HOURS = NOW + 6 * HOUR;
/** In the queue for so long, without a usable answer since then. */
const inVain = (ms: number) => ({ stateSince: NOW - ms, unknownSince: NOW - ms });
const licence = { skuId: PLAN_1, skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] };

interface Refused {
  who?: Partial<Person>;
  location?: string | null;
  isAboutLocation?: boolean;
}

function refused(
  refusal: Refusal,
  { who = {}, location = null, isAboutLocation = false }: Refused = {},
  graphMessage = 'Graph’s sentence.',
) {
  const subject = { person: person(who), addLicenses: [licence], location, isAboutLocation };
  return refusalVerdict(refusal, graphMessage, { ...subject, lastAnswer: 'Graph answered 404' }, NOW);
}

const CASES: [refusal: Refusal, state: string, nextCheckAt: number, says: string][] = [
  ['no_seat', 'awaiting_seat/no_seat', NOW, 'counted free seats of Exchange Online (Plan 1), and then refused'],
  ['access_denied', 'needs_attention/access_denied', NOW + 15 * MINUTE, 'Graph’s sentence.'],
  ['account_missing', 'queued/write_failed', NOW, 'Graph’s sentence'],
  ['busy', 'queued/write_failed', NOW, 'Graph’s sentence'],
  ['service_plans_conflict', 'needs_attention/service_plans_conflict', SIX_HOURS, 'Graph’s sentence.'],
  ['service_plan_dependency', 'needs_attention/service_plan_dependency', SIX_HOURS, 'Graph’s sentence.'],
  ['sku_not_in_tenant', 'needs_attention/sku_not_in_tenant', SIX_HOURS, 'Exchange Online (Plan 1)'],
  ['address_conflict', 'needs_attention/proxy_address_conflict', SIX_HOURS, 'An address of this person'],
  ['mastered_on_premises', 'needs_attention/licence_refused', SIX_HOURS, 'Graph’s sentence.'],
  ['other', 'needs_attention/licence_refused', NOW + 15 * MINUTE, 'Graph’s sentence.'],
  [
    'invalid_location',
    'needs_attention/usage_location_not_allowed',
    SIX_HOURS,
    'in the usage location of this account',
  ],
];

test.each(CASES)('a write that is refused for %s', (refusal, standing, nextCheckAt, says) => {
  const { state, reason, message, said, ...verdict } = refused(refusal);
  expect(`${state}/${reason}`).toBe(standing);
  expect(message).toContain(says);
  expect(said?.[0][0]).toBe(reason);
  expect(verdict).toEqual({ nextCheckAt });
});

test('what nobody understands is tried again more and more rarely, for the first day and after it', () => {
  const triedAfter = (ms: number) => {
    const who = { state: 'needs_attention', reason: 'licence_refused', stateSince: NOW - ms } as const;
    return Number(refused('other', { who }).nextCheckAt) - NOW;
  };
  expect(triedAfter(20 * MINUTE)).toBe(40 * MINUTE);
  expect(triedAfter(2 * HOUR)).toBe(4 * HOUR);
  expect(triedAfter(20 * HOUR)).toBe(4 * HOUR);
  // Looked at in between as anybody is who needs attention.
  expect(triedAfter(25 * HOUR)).toBe(6 * HOUR);
});

describe('a usage location', () => {
  test('that the account will not take names the location, and is looked at again', () => {
    const location = { location: 'DE', isAboutLocation: true };
    for (const refusal of ['mastered_on_premises', 'other'] as const) {
      const { reason, message, nextCheckAt } = refused(refusal, location);
      expect({ reason, nextCheckAt }).toEqual({ reason: 'location_refused', nextCheckAt: SIX_HOURS });
      expect(message).toContain('DE');
    }
    const mastered = refused('mastered_on_premises', location).message;
    expect(mastered).not.toBe(refused('other', location).message);
    expect(mastered).toContain('Active Directory');
    expect(refused('access_denied', location).reason).toBe('access_denied');
    // Where none was to be set, it is the licence that was refused.
    for (const refusal of ['mastered_on_premises', 'other'] as const)
      expect(refused(refusal, { isAboutLocation: true }).reason).toBe('licence_refused');
  });

  test('that is not in effect yet is waited for, half as long again as so far, between a minute and an hour', () => {
    const waitedFor = (ms: number) => refused('invalid_location', { location: 'DE', who: inVain(ms) }).nextCheckAt;
    expect(refused('invalid_location', { location: 'DE' })).toMatchObject({
      state: 'queued',
      reason: 'location_not_in_effect',
      nextCheckAt: NOW + MINUTE,
      message: expect.stringContaining('DE'),
    });
    expect(waitedFor(10 * MINUTE)).toBe(NOW + 5 * MINUTE);
    expect(waitedFor(5 * HOUR)).toBe(NOW + HOUR);
    expect(waitedFor(24 * HOUR)).toBe(NOW + HOUR);
  });

  test('that is not in effect after a day is refused, with Microsoft’s sentence', () => {
    const late = refused('invalid_location', { location: 'DE', who: inVain(24 * HOUR + 1) });
    expect(late).toMatchObject({ state: 'needs_attention', reason: 'licence_refused', nextCheckAt: SIX_HOURS });
    expect(late.message).toContain('Graph’s sentence.');
  });

  test('that a human is asked about stays asked while it is tried again', () => {
    const who = { state: 'needs_attention', reason: 'licence_refused', stateSince: NOW - HOUR } as const;
    expect(refused('invalid_location', { location: 'DE', who })).toMatchObject({
      state: 'needs_attention',
      reason: 'licence_refused',
      nextCheckAt: NOW + 5 * HOUR,
    });
  });
});

describe('a write that has not got through', () => {
  const verdictFor = (who: Partial<Person>) =>
    notWritten(person(who), 'write_failed', 'no answer', 'Graph answered 503', NOW, USUAL_WAITING_TIMES);
  const standing = (who: Partial<Person>) => `${verdictFor(who).state}/${verdictFor(who).reason}`;

  test('leaves whoever waited for something else queued, and everybody else where they are', () => {
    for (const state of ['queued', 'awaiting_sync', 'awaiting_seat', 'needs_attention'] as const)
      expect(standing({ state })).toBe('queued/write_failed');
    for (const state of ['held', 'provisioned', 'dismissed'] as const)
      expect(standing({ state })).toBe(`${state}/write_failed`);
    expect(standing({ state: 'awaiting_mailbox', licensedAt: NOW })).toBe('awaiting_mailbox/write_failed');
    expect(verdictFor({}).nextCheckAt).toBe(NOW);
  });

  test('is tried again at once, then after half as long again as so far, up to an hour', () => {
    const pauseAfter = (ms: number) => Number(verdictFor(inVain(ms)).nextCheckAt) - NOW;
    expect(pauseAfter(MINUTE - 1)).toBe(0);
    expect(pauseAfter(MINUTE)).toBe(MINUTE / 2);
    expect(pauseAfter(40 * MINUTE)).toBe(20 * MINUTE);
    expect(pauseAfter(23 * HOUR)).toBe(HOUR);
  });

  test('that an operator has tried again is tried as soon as a new one, however long it was tried before', () => {
    const retried = { stateSince: NOW - MINUTE, unknownSince: NOW - 48 * HOUR };
    expect(verdictFor(retried)).toMatchObject({ state: 'queued', nextCheckAt: NOW + MINUTE / 2 });
    expect(refused('invalid_location', { location: 'DE', who: retried })).toMatchObject({
      reason: 'location_not_in_effect',
      nextCheckAt: NOW + MINUTE,
    });
  });

  test('for over a day asks a human, with the last answer', () => {
    expect(standing(inVain(24 * HOUR))).toBe('queued/write_failed');
    const late = verdictFor(inVain(24 * HOUR + 1));
    expect(late).toMatchObject({
      state: 'needs_attention',
      reason: 'unknown_too_long',
      message: expect.stringMatching(/24 hours.*Graph answered 503/),
      nextCheckAt: SIX_HOURS,
    });
    // Whoever is licensed, held or done is not asked about for this.
    expect(standing({ state: 'held', unknownSince: NOW - 48 * HOUR })).toBe('held/write_failed');
  });

  test('stays asked about until it gets through', () => {
    const asked = { state: 'needs_attention', reason: 'unknown_too_long', unknownSince: NOW } as const;
    expect(standing(asked)).toBe('needs_attention/unknown_too_long');
    expect(standing({ ...asked, reason: 'licence_refused' })).toBe('needs_attention/write_failed');
    expect(standing({ ...asked, reason: 'type_unmapped' })).toBe('queued/write_failed');
    expect(standing({ ...asked, state: 'queued' })).toBe('queued/write_failed');
  });
});

describe('of several licences the one that a refusal names by its id', () => {
  const kiosk = { skuId: KIOSK, skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] };
  const says = (refusal: Refusal, graphMessage: string) => {
    const subject = { person: person(), addLicenses: [licence, kiosk], location: null, isAboutLocation: false };
    return refusalVerdict(refusal, graphMessage, { ...subject, lastAnswer: '' }, NOW).message;
  };

  test('is the one that has no seat, or is not in the tenant', () => {
    const full = `Subscription with SKU ${KIOSK.toUpperCase()} does not have any available licenses.`;
    expect(says('no_seat', full)).toContain('counted free seats of Exchange Online Kiosk, and');
    const unknown = `License ${KIOSK} does not correspond to a valid company License.`;
    expect(says('sku_not_in_tenant', unknown)).toContain('asks for Exchange Online Kiosk,');
  });

  test('is not known where it names none', () => {
    const names = 'Exchange Online (Plan 1) and Exchange Online Kiosk';
    expect(says('no_seat', 'There are not any available licenses.')).toContain(names);
  });
});

describe('the address that a refusal names', () => {
  const named = (graphMessage: string) => refused('address_conflict', {}, graphMessage).said?.[0][1];

  test.each([
    ['The proxy address smtp:ada.able@contoso.example is already used.', 'ada.able@contoso.example'],
    ["Another object has SMTP:o'brien+a_1@mail.contoso-2.example.", "o'brien+a_1@mail.contoso-2.example"],
    ['(ada@contoso.example) and bo@contoso.example are one.', 'ada@contoso.example'],
    ['Taken: a@b.c', 'a@b.c'],
    ["The value 'ada@contoso.example' is taken.", 'ada@contoso.example'],
  ])('in “%s”', (graphMessage, value) => expect(named(graphMessage)).toEqual({ value }));

  test.each(['Proxy address already in use.', 'Used by ada@localhost.', 'Used by @contoso.example.', 'ada@.example'])(
    'is not in “%s”',
    (graphMessage) => expect(named(graphMessage)).toEqual({ value: null }),
  );
});

test('of Graph’s sentence only the last dot is left out within another', () => {
  const { said } = refused('busy', {}, 'Version 1.0 is busy. Try later.');
  expect(said?.[0][1]).toEqual({ why: 'Version 1.0 is busy. Try later' });
});
