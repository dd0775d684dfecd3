/** “Why has this person no mailbox?”: every cause and every sensible pair, through the real client against the demo tenant. */
import { describe, expect, test } from 'vitest';
import type { LoggedRequest } from '#lib/demo/tenant/tenant.ts';
import type { CauseCode } from '#lib/domain/diagnosis/causes.ts';
import { type Diagnosis, diagnose } from '#lib/domain/diagnosis/diagnose.ts';
import type { Facts, ReadingValue } from '#lib/domain/diagnosis/facts.ts';
import { noTraffic } from '#lib/graph/http/transport.ts';
import { CAUSE_CODES, CAUSE_PAIRS, CAUSES_BEHAVIOUR, causesSeed, plantCauses } from '#tests/support/causes.ts';
import { openWorld, type World } from '#tests/support/world.ts';

type Record = ReadingValue<'record'>;

async function openTenant(): Promise<World> {
  const world = await openWorld({ behaviour: CAUSES_BEHAVIOUR });
  world.tenant.tenant.skus.splice(0, Infinity, ...causesSeed().skus);
  return world;
}

function plant(world: World, codes: readonly CauseCode[]): string {
  const { userPrincipalName, users, behaviour } = plantCauses(codes);
  for (const user of users) world.tenant.tenant.plant(user);
  Object.assign(world.tenant.tenant.behaviour, behaviour);
  return userPrincipalName;
}

function read(world: World, userPrincipalName: string, record: Record = null): Promise<Facts> {
  const question = { userPrincipalName, accountId: null, record };
  return world.engine.directory.readFacts(question, { urgent: true, traffic: noTraffic() });
}

const codesOf = (diagnosis: Diagnosis) => ('causes' in diagnosis ? diagnosis.causes.map(({ code }) => code) : []);

async function requests(world: World): Promise<Map<string, LoggedRequest>> {
  const response = await fetch(`${world.tenant.url}/_demo/requests`);
  const { requests: logged } = (await response.json()) as { requests: LoggedRequest[] };
  return new Map(logged.map((request) => [request.requestId, request]));
}

/** Every fact that is cited was asked for, by its name, in a request that the tenant answered. */
function expectCited(diagnosis: Diagnosis, logged: Map<string, LoggedRequest>): void {
  const causes = 'causes' in diagnosis ? diagnosis.causes : [];
  for (const { evidence } of causes) {
    expect(evidence.flatMap(({ calls }) => calls)).not.toEqual([]);
    for (const { fact, calls } of evidence)
      for (const { requestId } of calls)
        expect(decodeURIComponent(logged.get(requestId ?? '')?.url ?? '')).toContain(fact);
  }
}

describe('planted in a tenant', () => {
  test('each cause alone is the one that is named', async () => {
    const world = await openTenant();
    const verdicts = new Map<CauseCode, Diagnosis>();
    for (const code of CAUSE_CODES) {
      const diagnosis = diagnose(await read(world, plant(world, [code])));
      verdicts.set(code, diagnosis);
      expectCited(diagnosis, await requests(world));
    }
    expect(Object.fromEntries([...verdicts].map(([code, diagnosis]) => [code, codesOf(diagnosis)[0]]))).toEqual(
      Object.fromEntries(CAUSE_CODES.map((code) => [code, code])),
    );
    const certain = [...verdicts].filter(([, { kind }]) => kind === 'certain').map(([code]) => code);
    expect(certain).toEqual(
      expect.arrayContaining(['account_deleted', 'no_seat', 'exchange_error', 'mailbox_plan_off']),
    );
    // Graph cannot show these for sure.
    expect(certain).not.toContain('mailbox_on_premises');
    expect(certain).not.toContain('service_incident');
  });

  test('of two causes both are named, one of them first, and neither is certain', async () => {
    const world = await openTenant();
    const wrong: unknown[] = [];
    for (const pair of CAUSE_PAIRS) {
      const diagnosis = diagnose(await read(world, plant(world, pair)));
      const codes = codesOf(diagnosis);
      const isRight =
        diagnosis.kind === 'likely' &&
        pair.every((code) => codes.includes(code)) &&
        pair.includes(codes[0] ?? 'no_seat');
      if (!isRight) wrong.push({ pair, kind: diagnosis.kind, codes });
    }
    expect(wrong).toEqual([]);
    expect(CAUSE_PAIRS.length).toBeGreaterThan(60);
  });
});

describe('what cannot be read', () => {
  test('is told with the permission that is missing, and nothing is certain that it could contradict', async () => {
    const world = await openTenant();
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read'] });
    const absent = diagnose(await read(world, plant(world, ['not_synchronised'])));
    expect(absent).toMatchObject({ kind: 'likely' });
    expect(codesOf(absent)).toEqual(['not_synchronised']);
    const reported = diagnose(await read(world, plant(world, ['exchange_error'])));
    expect(reported).toMatchObject({ kind: 'likely' });
    expect(reported.unread).toEqual([
      { reading: 'organisation', why: expect.stringContaining('Organization.Read.All') },
      { reading: 'health', why: expect.stringContaining('ServiceHealth.Read.All') },
    ]);
  });

  test('is neither a yes nor a no', async () => {
    const world = await openTenant();
    const userPrincipalName = plant(world, ['exchange_not_started']);
    for (const path of ['/users$', '/mailboxSettings$', '/subscribedSkus$', '/deletedItems']) {
      await world.fault({ kind: 'refused', match: { path }, answer: { status: 418, code: 'Odd', message: 'Odd.' } });
      const diagnosis = diagnose(await read(world, userPrincipalName));
      expect(diagnosis.kind).not.toBe('certain');
      expect(diagnosis.unread.map(({ why }) => why).join()).toContain('418 Odd');
      expectCited(diagnosis, await requests(world));
      await world.noFaults();
    }
  });
});

test('two round trips answer everything, and a mailbox that answers needs no cause', async () => {
  const world = await openTenant();
  await read(world, plant(world, ['exchange_not_started', 'address_conflict']));
  expect((await world.snapshot()).counters.requests).toBe(2);
  world.tenant.tenant.plant({ userPrincipalName: 'open@contoso.example', mailboxIsOpen: true });
  expect(diagnose(await read(world, 'open@contoso.example'))).toMatchObject({ kind: 'mailbox_open' });
  // But not where the name is somebody else's.
  const taken = plant(world, ['name_taken', 'mailbox_opening']);
  world.tenant.tenant.plant({ userPrincipalName: taken, mailboxIsOpen: true });
  expect(codesOf(diagnose(await read(world, taken)))).toEqual(['name_taken']);
});

test('our own records say that the start is waited for, and which licence is meant of which no seat is free', async () => {
  const world = await openTenant();
  const userPrincipalName = plant(world, ['no_licence']);
  const record = {
    state: 'queued',
    reason: 'queued',
    startDate: null,
    licensedAt: null,
    wantedSkus: ['FULL'],
    provisioningRetriedAt: null,
    licencesReprocessedAt: null,
  };
  expect(codesOf(diagnose(await read(world, userPrincipalName, record)))).toEqual(['no_seat']);
  const waiting = { ...record, state: 'awaiting_start', startDate: '2027-01-04', wantedSkus: [] };
  expect(codesOf(diagnose(await read(world, userPrincipalName, waiting)))).toEqual(['before_start']);
});
