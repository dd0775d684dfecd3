import { expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { diagnoses, people } from '#db/schema/people.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { readDiagnoses } from '#lib/engine/diagnosis.ts';
import { readDiagnosis, requestDiagnosis } from '#lib/services/diagnoses/diagnoses.ts';
import { CAUSES_BEHAVIOUR, causesSeed, plantCauses } from '#tests/support/causes.ts';
import { addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';
import { openWorld } from '#tests/support/world.ts';

const db = openServicesDatabase();
const signal = new AbortController().signal;

test('an operator asks about a name that no file named, and gets the cause, where to mend it and a packet for Microsoft', async () => {
  const world = await openWorld({ behaviour: CAUSES_BEHAVIOUR });
  const { directory } = world.engine;
  const { userPrincipalName, users } = plantCauses(['exchange_error']);
  world.tenant.tenant.skus.push(...causesSeed().skus);
  for (const user of users) world.tenant.tenant.plant(user);
  const [account] = world.tenant.tenant.users;
  const ask = () => readDiagnosis(operator('Viewer'), { upn: userPrincipalName.toUpperCase() });

  expect(ask()).toMatchObject({ person: null, diagnosis: null });
  requestDiagnosis(operator(), { userPrincipalName });
  requestDiagnosis(operator(), { userPrincipalName: ` ${userPrincipalName} ` });
  expect(db.select().from(events).all()).toMatchObject([
    { kind: 'diagnosis.requested', actor: 'Demo Operator', personId: null },
  ]);
  expect(ask().diagnosis).toMatchObject({ finishedAt: null, verdict: null, packet: null });
  expect((await world.snapshot()).counters.requests).toBe(0);

  await readDiagnoses({ db, directory }, true, signal);
  const { diagnosis } = ask();
  expect(diagnosis).toMatchObject({ problem: null, verdict: 'certain', unread: [], requestedBy: 'Demo Operator' });
  expect(diagnosis?.causes).toMatchObject([
    {
      code: 'exchange_error',
      mender: expect.stringContaining('Exchange'),
      evidence: [{ fact: 'serviceProvisioningErrors', says: expect.stringContaining('The alias is taken.') }],
      links: [
        { href: expect.stringContaining(account?.id ?? '-') },
        { href: expect.stringContaining(account?.id ?? '-') },
      ],
    },
  ]);
  const packet = diagnosis?.packet ?? '';
  expect(packet).toContain(`Tenant id: ${DEMO_CREDENTIALS.tenantId}`);
  expect(packet).toContain(`Object id: ${account?.id}`);
  for (const { requestId } of world.tenant.tenant.requests) expect(packet).toContain(`request-id ${requestId}`);
  expect(packet).not.toContain(DEMO_CREDENTIALS.clientSecret);
  expect(packet).not.toMatch(/Bearer|eyJ/);
});

test('whoever a file named is read by its account, and its own records count', async () => {
  const world = await openWorld({ users: [{ userPrincipalName: 'renamed@contoso.example', id: 'the-account' }] });
  const person = addPerson(db, { state: 'awaiting_start', startDate: '2027-01-04', accountId: 'the-account' });
  const { id, userPrincipalName } = person;
  requestDiagnosis(operator(), { userPrincipalName });
  await readDiagnoses({ db, directory: world.engine.directory }, true, signal);
  const page = readDiagnosis(operator(), { upn: userPrincipalName });
  expect(page.person).toMatchObject({ id });
  expect(page.diagnosis?.causes).toMatchObject([{ code: 'before_start' }]);
  expect(page.diagnosis?.isOutdated).toBe(false);
  expect(page.diagnosis?.unread.map(({ what }) => what)).toEqual([
    'Synchronisation and domains',
    'Service health of Exchange Online',
  ]);
  db.update(people)
    .set({ stateSince: Date.now() + 1 })
    .run();
  expect(readDiagnosis(operator(), { upn: userPrincipalName }).diagnosis?.isOutdated).toBe(true);
});

test('where Microsoft cannot be asked, that is said; a result that cannot be read any more asks to be read again', async () => {
  const world = await openWorld();
  await world.fault({ kind: 'token_refused', match: { path: '/token$' } });
  requestDiagnosis(operator(), { userPrincipalName: 'nobody@contoso.example' });
  await readDiagnoses({ db, directory: world.engine.directory }, true, signal);
  const ask = () => readDiagnosis(operator(), { upn: 'nobody@contoso.example' }).diagnosis;
  expect(ask()).toMatchObject({ verdict: null, problem: expect.stringContaining('Sign-in to Microsoft Graph failed') });
  db.update(diagnoses)
    .set({ facts: { of: 'another version' } })
    .run();
  expect(ask()).toMatchObject({ verdict: null, packet: null, problem: expect.stringContaining('Check again') });
});

test.each(['ada', 'ada@', 'a da@contoso.com', `${'a'.repeat(260)}@contoso.com`])('“%s” is no name', (name) => {
  expect(() => requestDiagnosis(operator(), { userPrincipalName: name })).toThrow(/UserPrincipalName/);
  expect(readDiagnosis(operator(), { upn: name })).toEqual({ userPrincipalName: null, person: null, diagnosis: null });
});
