/** Another licence than the mapped one, and licences that are changed: a human decides, and only what we gave is ever taken away. */
import { describe, expect, test } from 'vitest';
import { insertMapping } from '#db/store/mappings/mappings.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { demoSku, type SkuPartNumber, skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { PersonChoice } from '#lib/domain/person.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World, type WorldOptions } from '#tests/support/world.ts';

const HOUR = 3_600_000;

const licence = (sku: SkuPartNumber, byGroup: string | null = null, error: string | null = null) => ({
  skuId: skuIdOf(sku),
  disabledPlans: [],
  byGroup,
  error,
  at: 0,
});

async function dropped(change: Parameters<typeof crowd>[1], type = 'E', options: WorldOptions = {}): Promise<World> {
  const users = crowd(1, { usageLocation: 'US', ...change });
  const world = await openWorld({ users, ...options });
  world.drop('newcomers.csv', csvOf(users, type));
  await world.cycle();
  return world;
}

const first = (world: World) => listPeople(world.db, null)[0];
const held = (world: World) =>
  world.tenant.tenant.users[0]?.licences.map(({ skuId, byGroup }) => [skuId, byGroup]) ?? [];

/** As an operator's click leaves the person. */
function answer(world: World, choice: PersonChoice): void {
  world.db.$client
    .prepare(
      "update people set state = 'queued', reason = 'choice_made', choice = ?, choice_by = 'Olga', next_check_at = 0",
    )
    .run(choice);
}

describe.each([
  ['directly', null],
  ['through a group', 'a group'],
])('Kiosk was there %s where Plan 1 is mapped', (_name, byGroup) => {
  test.each(['open', 'opening'])('mailbox %s: a human is asked, and asked only', async (mailbox) => {
    const world = await dropped({
      licences: [licence('EXCHANGEDESKLESS', byGroup)],
      mailboxIsOpen: mailbox === 'open',
      ...(mailbox === 'open' ? {} : { mailboxOpensAfterMs: HOUR }),
    });
    for (let cycle = 0; cycle < 2; cycle += 1) {
      expect(world.standing()).toEqual({ person1: 'needs_attention/other_licence' });
      world.letTimePass();
      await world.cycle();
    }
    expect(first(world)?.message).toMatch(
      /asks for Exchange Online \(Plan 1\).* has Exchange Online Kiosk.* did not assign/,
    );
    expect(await world.ledger()).toEqual([]);
  });

  test('an answer adds Plan 1, and leaves what others gave', async () => {
    const world = await dropped({ licences: [licence('EXCHANGEDESKLESS', byGroup)], mailboxIsOpen: true });
    answer(world, 'replace');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(held(world)).toEqual([
      [skuIdOf('EXCHANGEDESKLESS'), byGroup],
      [skuIdOf('EXCHANGESTANDARD'), null],
    ]);
    expect(await world.ledger('licence_removal')).toEqual([]);
  });

  test('kept as it is: done, and a list of the next night asks nobody again', async () => {
    const world = await dropped({ licences: [licence('EXCHANGEDESKLESS', byGroup)], mailboxIsOpen: true });
    answer(world, 'keep');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_open_licensed' });
    world.drop('night.csv', csvOf(crowd(1)));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_open_licensed' });
    expect(await world.ledger()).toEqual([]);
  });
});

describe('the EmployeeType changes after licensing', () => {
  test('of our licence: one call adds the mapped one and removes ours, and it is told', async () => {
    const world = await dropped({}, 'N');
    world.drop('later.csv', csvOf(crowd(1), 'E'));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/licence_differs' });
    expect(first(world)?.message).toMatch(/was N .* is now E: .*AutoProvision assigned Exchange Online Kiosk/);
    answer(world, 'replace');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(held(world)).toEqual([[skuIdOf('EXCHANGESTANDARD'), null]]);
    const [added] = (await world.ledger('licence')).slice(-1);
    const [removed] = await world.ledger('licence_removal');
    expect(removed).toMatchObject({ requestId: added?.requestId, skuIds: [skuIdOf('EXCHANGEDESKLESS')] });
    const told = world.db.$client.prepare("select data from events where data like '%as Olga decided%'").pluck().all();
    expect(told).toHaveLength(1);
    world.drop('night.csv', csvOf(crowd(1), 'E'));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  test('waits for a seat like anybody else, keeps what others have until then, and still means what was agreed', async () => {
    const world = await dropped({}, 'N', { seats: { plan1: 0 } });
    world.drop('later.csv', csvOf(crowd(1), 'E'));
    await world.cycle();
    answer(world, 'replace');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_seat/no_seat' });
    expect(held(world)).toEqual([[skuIdOf('EXCHANGEDESKLESS'), null]]);
    world.buySeats('EXCHANGESTANDARD', 1);
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(held(world)).toEqual([[skuIdOf('EXCHANGESTANDARD'), null]]);
  });

  test('of a licence that was there before: a human is asked as well, and it is not taken away', async () => {
    const world = await dropped({ licences: [licence('EXCHANGEDESKLESS')], mailboxIsOpen: true }, 'N');
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_open_licensed' });
    world.drop('later.csv', csvOf(crowd(1), 'E'));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/licence_differs' });
    expect(first(world)?.message).toMatch(/was N .* is now E: .*did not assign Exchange Online Kiosk/);
    answer(world, 'replace');
    await world.cycle();
    expect(await world.ledger('licence_removal')).toEqual([]);
    expect(held(world)).toHaveLength(2);
  });

  test('a mapping that changed after the question: the human is asked again, and nothing is written', async () => {
    const world = await dropped({ licences: [licence('EXCHANGEDESKLESS')], mailboxIsOpen: true });
    world.tenant.tenant.skus.push({
      ...world.tenant.tenant.skus[0],
      skuId: skuIdOf('SPE_F1'),
      skuPartNumber: 'SPE_F1',
    } as never);
    world.db.$client
      .prepare("update mappings set licences = ? where employee_type_key = 'e'")
      .run(JSON.stringify([{ skuPartNumber: 'SPE_F1', disabledPlans: [] }]));
    answer(world, 'replace');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/other_licence' });
    expect(first(world)?.message).toContain('Microsoft 365 F3');
    expect(await world.ledger()).toEqual([]);
  });
});

describe('of several mapped licences one is missing', () => {
  const mapped = (world: World, licences: SkuPartNumber[]) =>
    world.db.$client
      .prepare("update mappings set licences = ? where employee_type_key = 'e'")
      .run(JSON.stringify(licences.map((skuPartNumber) => ({ skuPartNumber, disabledPlans: [] }))));

  async function licensed(change: Parameters<typeof crowd>[1] = {}): Promise<World> {
    const users = crowd(1, { usageLocation: 'US', ...change });
    const world = await openWorld({ users });
    world.tenant.tenant.skus.push(demoSku('M365_F1', 10));
    mapped(world, ['EXCHANGESTANDARD', 'M365_F1']);
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(await world.ledger('licence')).toHaveLength(1);
    return world;
  }

  /** As a colleague takes it away, two days later. */
  async function takenAway(world: World): Promise<void> {
    await world.timePasses(48 * HOUR);
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: [licence('EXCHANGESTANDARD')] });
  }

  test('a colleague took it away: neither a list of the next night nor the wait for the mailbox puts it back', async () => {
    const done = await licensed();
    await takenAway(done);
    done.drop('night.csv', csvOf(crowd(1)));
    await done.cycle();
    expect(done.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(await done.ledger('licence')).toHaveLength(1);

    const waiting = await licensed({ mailboxOpensAfterMs: 500 * HOUR });
    await takenAway(waiting);
    waiting.letTimePass();
    await waiting.cycle();
    expect(await waiting.ledger('licence')).toHaveLength(1);
  });

  test('it was mapped after somebody was found to have a mailbox: a list of the next night licenses nobody', async () => {
    const world = await dropped({ licences: [licence('EXCHANGESTANDARD')], mailboxIsOpen: true });
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_open_licensed' });
    world.tenant.tenant.skus.push(demoSku('M365_F1', 10));
    mapped(world, ['EXCHANGESTANDARD', 'M365_F1']);
    world.drop('night.csv', csvOf(crowd(1)));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_open_licensed' });
    expect(await world.ledger('licence')).toEqual([]);
  });

  test('another EmployeeType asks for it: a human decides, and then it is added', async () => {
    const world = await dropped({}, 'N');
    mapped(world, ['EXCHANGEDESKLESS', 'EXCHANGESTANDARD']);
    world.drop('later.csv', csvOf(crowd(1), 'E'));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/licence_differs' });
    expect(first(world)?.message).toMatch(/asks for Exchange Online \(Plan 1\), .* asks for Exchange Online Kiosk too/);
    expect(await world.ledger('licence')).toHaveLength(1);
    answer(world, 'replace');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(held(world)).toHaveLength(2);
  });
});

describe('of two mapped licences the one without a mailbox fails', () => {
  const plan1 = licence('EXCHANGESTANDARD');
  const failed = (byGroup: string | null = null) => [plan1, licence('M365_F1', byGroup, 'DependencyViolation')];

  async function withTwoMapped(change: Parameters<typeof crowd>[1]): Promise<World> {
    const users = crowd(1, { usageLocation: 'US', ...change });
    const world = await openWorld({ users });
    world.tenant.tenant.skus.push(demoSku('M365_F1', 10));
    const parts = ['EXCHANGESTANDARD', 'M365_F1'].map((skuPartNumber) => ({ skuPartNumber, disabledPlans: [] }));
    insertMapping(world.db, { employeeType: 'E', licences: parts, usageLocation: 'US' }, 'Ada', Date.now());
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    return world;
  }

  test('while the mailbox opens: an open one is no green tick, and the licence that works again is', async () => {
    const world = await withTwoMapped({ mailboxOpensAfterMs: HOUR });
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: failed() });
    for (const hours of [2, 7]) {
      await world.timePasses(hours * HOUR);
      await world.cycle();
      expect(world.standing()).toEqual({ person1: 'needs_attention/service_plan_dependency' });
    }
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: [plan1, licence('M365_F1')] });
    await world.timePasses(7 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(await world.ledger('licence')).toHaveLength(1);
  });

  test('of somebody who has a mailbox, through a group: it is processed again, and asked about', async () => {
    const world = await withTwoMapped({ licences: failed('a group'), mailboxIsOpen: true, refusal: 'group_fails' });
    expect(world.standing()).toEqual({ person1: 'needs_attention/service_plan_dependency' });
    expect(await world.ledger('reprocess')).toHaveLength(1);
  });
});

describe('a licence that failed for want of a seat, while seats are free now', () => {
  const failed = (byGroup: string | null) => ({
    licences: [licence('EXCHANGESTANDARD', byGroup, 'CountViolation')],
    mailboxOpensAfterMs: 0,
  });

  test('assigned directly: assigned once more by itself, and never “no free seat”', async () => {
    const world = await dropped(failed(null));
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(await world.ledger('licence')).toHaveLength(1);
  });

  test('and that it failed again is said as it is', async () => {
    const world = await dropped({ ...failed(null), refusal: 'no_seat_taken' });
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/seat_not_taken' });
    expect(first(world)?.message).toContain('although seats are free');
    const writes = (await world.ledger('licence')).length;
    for (let cycle = 0; cycle < 3; cycle += 1) {
      await world.timePasses(7 * HOUR);
      await world.cycle();
    }
    expect(world.standing()).toEqual({ person1: 'needs_attention/seat_not_taken' });
    expect(await world.ledger('licence')).toHaveLength(writes);
  });

  test('through a group: “assign directly” does so, and the group’s failure no longer matters', async () => {
    const users = crowd(1, { usageLocation: 'US', ...failed('a group') });
    const world = await openWorld({ users });
    await world.fault({ kind: 'forbidden', match: { path: '/reprocessLicenseAssignment$', inBatch: true }, times: 1 });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/group_licence_failed' });
    answer(world, 'assign_directly');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect((await world.ledger('licence')).map(({ skuIds }) => skuIds)).toEqual([[skuIdOf('EXCHANGESTANDARD')]]);
  });
});

describe('a licence that is on the account and does not work, and somebody retries', () => {
  const retry = async (world: World) => {
    const now = Date.now();
    world.db.$client
      .prepare("update people set state = 'queued', reason = 'retried', state_since = ?, next_check_at = ?")
      .run(now, now);
    await world.cycle();
  };
  const mend = (world: World, change: Parameters<typeof crowd>[1]) =>
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), ...change });

  test.each([
    ['usage_location_not_allowed', { usageLocation: 'KP', refusal: 'prohibited_location' }, { usageLocation: 'DE' }],
    ['proxy_address_conflict', { refusal: 'proxy_conflict' }, { refusal: null }],
  ] as const)('%s: it is assigned again, once, and works where the cause is mended', async (reason, fault, mended) => {
    const world = await dropped({ ...fault, mailboxOpensAfterMs: 0 });
    await retry(world);
    for (let cycle = 0; cycle < 2; cycle += 1) {
      world.letTimePass();
      await world.cycle();
      expect(world.standing()).toEqual({ person1: `needs_attention/${reason}` });
    }
    expect(await world.ledger('licence')).toHaveLength(2);
    mend(world, mended);
    await retry(world);
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(await world.ledger('licence')).toHaveLength(3);
  });

  test('through a group: Microsoft 365 is asked once more to assign the licences of the group', async () => {
    const failed = licence('EXCHANGESTANDARD', 'a group', 'ProhibitedInUsageLocationViolation');
    const world = await dropped({
      usageLocation: 'KP',
      licences: [failed],
      refusal: 'group_fails',
      mailboxOpensAfterMs: 0,
    });
    await retry(world);
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/usage_location_not_allowed' });
    expect(await world.ledger('reprocess')).toHaveLength(2);
    mend(world, { usageLocation: 'DE', refusal: null });
    await retry(world);
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_opened_elsewhere' });
    expect(await world.ledger('licence')).toEqual([]);
  });
});

describe('off and on again', () => {
  const late = async (options: WorldOptions = {}) => {
    const world = await dropped({ mailbox: 'until_reassigned', mailboxOpensAfterMs: 0 }, 'E', options);
    await world.timePasses(25 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/mailbox_late' });
    return world;
  };

  test('is two writes, the licence stays ours, and the mailbox opens', async () => {
    const world = await late();
    answer(world, 'reassign');
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    const writes = (await world.ledger()).map(({ kind }) => kind).slice(-2);
    expect(writes).toEqual(['licence_removal', 'licence']);
  });

  test('happens once in a request, and takes no seat of others', async () => {
    const world = await dropped({ mailbox: 'never' }, 'E', { seats: { plan1: 1 } });
    for (let time = 0; time < 3; time += 1) {
      await world.timePasses(25 * HOUR);
      answer(world, 'reassign');
      await world.cycle();
    }
    expect(await world.ledger('licence_removal')).toHaveLength(1);
    expect(held(world)).toEqual([[skuIdOf('EXCHANGESTANDARD'), null]]);
  });

  test('stopped between off and on: the next cycle puts the licence on again, also where addresses are asked about', async () => {
    const world = await late({ behaviour: { latencyMs: { read: 0, write: 200, batch: 0 } } });
    answer(world, 'reassign');
    const stop = new AbortController();
    const run = executeRun(world.engine, { trigger: 'command_line', requestedBy: 'test' }, stop.signal);
    while ((await world.ledger('licence_removal')).length === 0);
    stop.abort();
    await run;
    expect(held(world)).toEqual([]);
    world.tenant.tenant.plant({
      ...crowd(1)[0],
      userPrincipalName: upn('person1'),
      proxyAddresses: [`SMTP:${upn('person1')}`],
    });
    world.letTimePass();
    await world.cycle();
    expect(held(world)).toEqual([[skuIdOf('EXCHANGESTANDARD'), null]]);
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(await world.ledger('licence_removal')).toHaveLength(1);
  });

  test('refused while other work goes on, before anything was taken off: is done by the next cycle', async () => {
    const world = await late();
    answer(world, 'reassign');
    const busy = { status: 423, code: 'Locked', message: 'Another operation is in progress.' };
    await world.fault({ kind: 'refused', match: { path: '/assignLicense$' }, answer: busy });
    await world.cycle();
    expect(await world.ledger('licence_removal')).toEqual([]);
    await world.noFaults();
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(await world.ledger('licence_removal')).toHaveLength(1);
  });

  test('is not done to a licence of others', async () => {
    const world = await dropped({ licences: [licence('EXCHANGESTANDARD')], mailbox: 'never' });
    await world.timePasses(25 * HOUR);
    answer(world, 'reassign');
    await world.cycle();
    expect(await world.ledger('licence_removal')).toEqual([]);
  });
});
