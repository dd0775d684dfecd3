/** “Why has this person no mailbox?”: every cause and every sensible pair, through the real client against the demo tenant. */
import { describe, expect, test } from 'vitest';
import type { LoggedRequest } from '#lib/demo/tenant/tenant.ts';
import type { CauseCode } from '#lib/domain/diagnosis/causes.ts';
import { type Diagnosis, diagnose } from '#lib/domain/diagnosis/diagnose.ts';
import type { Facts, ReadingValue } from '#lib/domain/diagnosis/facts.ts';
import { diagnosedUsersSchema, toDiagnosedAccount } from '#lib/graph/diagnosis/answers.ts';
import { noTraffic } from '#lib/graph/http/transport.ts';
import { readUserPage } from '#lib/graph/http/wire.ts';
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
    expect(certain).toEqual(expect.arrayContaining(['no_seat', 'exchange_error', 'mailbox_plan_off']));
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

describe('whatever one part says', () => {
  const PARTS = [
    '^/users$',
    '/mailboxSettings',
    '/subscribedSkus',
    '/deletedItems',
    '/organization',
    '/healthOverviews',
  ];
  const answer = { status: 403, code: 'Authorization_RequestDenied', message: 'Unzureichende Berechtigungen.' };

  test.each(PARTS)(
    '%s unread: two causes are never one that is certain, and only what was read is cited',
    async (path) => {
      const world = await openTenant();
      // A third of the pairs with each part, so that every part and every pair has its turn.
      const pairs = CAUSE_PAIRS.filter((_, index) => index % 3 === PARTS.indexOf(path) % 3);
      for (const codes of [...CAUSE_CODES.map((code) => [code]), ...pairs]) {
        const userPrincipalName = plant(world, codes);
        world.tenant.tenant.faults.clear();
        // Of the accounts only the first question, which is about this one.
        world.tenant.tenant.faults.add({
          kind: 'refused',
          match: { path },
          answer,
          ...(path === '^/users$' ? { times: 1 } : {}),
        });
        const diagnosis = diagnose(await read(world, userPrincipalName));
        if (diagnosis.kind === 'certain') expect([diagnosis.causes[0].code]).toEqual(codes);
        expectCited(diagnosis, new Map(world.tenant.tenant.requests.map((request) => [request.requestId, request])));
        const cited = 'causes' in diagnosis ? diagnosis.causes.flatMap(({ evidence }) => evidence) : [];
        for (const { calls } of cited) expect(calls.every(({ status }) => status !== 403)).toBe(true);
      }
    },
  );

  test('in other languages, Exchange Online is quoted and nothing is read out of it', async () => {
    const world = await openTenant();
    for (const exchangeError of ['别名已被使用。', 'Псевдоним занят.', 'L’adresse proxy est déjà utilisée.']) {
      const userPrincipalName = plant(world, ['exchange_error']);
      world.tenant.tenant.plant({ userPrincipalName, exchangeError });
      const diagnosis = diagnose(await read(world, userPrincipalName));
      expect(codesOf(diagnosis)).toEqual(['exchange_error']);
      expect(JSON.stringify('causes' in diagnosis && diagnosis.causes[0]?.evidence)).toContain(exchangeError);
    }
  });

  test('a group’s licence that failed while nobody can read the seats: both causes, neither certain', async () => {
    const world = await openTenant();
    await world.fault({ kind: 'refused', match: { path: '/subscribedSkus' }, answer });
    for (const code of ['no_seat', 'group_licence_failed'] as const) {
      const diagnosis = diagnose(await read(world, plant(world, [code])));
      expect(diagnosis.kind).toBe('likely');
      expect(codesOf(diagnosis).sort()).toEqual(['group_licence_failed', 'no_seat']);
    }
  });

  test('a deleted account whose longer name ends alike is somebody else’s', async () => {
    const world = await openTenant();
    const joann = { userPrincipalName: 'joann@contoso.example', displayName: 'Joann', deletedAt: Date.now() - 1000 };
    world.tenant.tenant.plant(joann);
    expect(codesOf(diagnose(await read(world, 'ann@contoso.example')))).toEqual(['not_synchronised']);
    expect(codesOf(diagnose(await read(world, 'joann@contoso.example')))).toContain('account_deleted');
  });
});

test('two round trips answer everything, and a mailbox that answers needs no cause', async () => {
  const world = await openTenant();
  await read(world, plant(world, ['exchange_not_started', 'address_conflict']));
  expect((await world.snapshot()).counters.requests).toBe(2);
  const open = plant(world, ['mailbox_opening']);
  world.tenant.tenant.plant({ userPrincipalName: open, mailboxIsOpen: true });
  expect(diagnose(await read(world, open))).toMatchObject({ kind: 'mailbox_open' });
  // But not where the name is somebody else's.
  const taken = plant(world, ['name_taken', 'mailbox_opening']);
  world.tenant.tenant.plant({ userPrincipalName: taken, mailboxIsOpen: true });
  expect(codesOf(diagnose(await read(world, taken)))).toEqual(['name_taken']);
  // An account that is synchronised no more only had it.
  const former = { onPremisesUserPrincipalName: taken, onPremisesSyncEnabled: false };
  world.tenant.tenant.plant({ userPrincipalName: `twin.${taken}`, ...former });
  expect(diagnose(await read(world, taken))).toMatchObject({ kind: 'mailbox_open' });
});

test('our own records say that the start is waited for, and which licence is meant of which no seat is free', async () => {
  const world = await openTenant();
  const userPrincipalName = plant(world, ['no_licence']);
  const record = {
    state: 'queued',
    reason: 'queued',
    accountId: null,
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

test.each([
  ['Error', 'None', 'Other'],
  ['Error', null, 'Other'],
  ['Disabled', 'None', 'Disabled'],
  ['Disabled', null, 'Disabled'],
  ['Error', 'CountViolation', 'CountViolation'],
  ['ActiveWithError', 'DependencyViolation', null],
  ['Active', 'None', null],
  [null, null, null],
])(
  'a licence in the state %s with the error %s works, or says why it does not, to the engine and the diagnosis alike: %s',
  (state, error, expected) => {
    const user = { id: 'a', userPrincipalName: 'ann@contoso.example' };
    const { value } = diagnosedUsersSchema.parse({
      value: [{ ...user, licenseAssignmentStates: [{ skuId: 'e1', state, error }] }],
    });
    const page = readUserPage({ value: [{ ...user, licenseAssignmentStates: [{ skuId: 'e1', state, error }] }] });
    expect(page?.accounts[0]?.licences).toMatchObject([{ error: expected }]);
    expect(value.map((one) => toDiagnosedAccount(one).licences[0]?.error)).toEqual([expected]);
  },
);
