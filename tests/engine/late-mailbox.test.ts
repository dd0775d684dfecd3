/** What Microsoft reports is told when it is seen, and a late mailbox is looked into once. */
import { expect, test } from 'vitest';
import { diagnosisOf } from '#db/store/diagnoses/diagnoses.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

const HOUR = 3_600_000;

test('an error that Exchange Online reports stands with the person at the next check, and the late mailbox is read once', async () => {
  const users = crowd(2, { mailbox: 'never', exchangeError: 'The alias is taken.' });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  world.letTimePass();
  await world.cycle();
  expect(world.standing().person1).toBe('awaiting_mailbox/mailbox_opening');
  for (const { message } of listPeople(world.db, null))
    expect(message).toContain('Exchange Online reports: The alias is taken.');
  const asked = () => world.tenant.tenant.requests.filter(({ url }) => url.includes('healthOverviews')).length;
  expect(asked()).toBe(0);
  await world.timePasses(25 * HOUR);
  await world.cycle();
  expect(world.standing().person1).toBe('needs_attention/mailbox_late');
  expect(diagnosisOf(world.db, upn('person1'))).toMatchObject({
    requestedBy: 'engine',
    facts: { account: { kind: 'read' } },
  });
  expect(asked()).toBe(2);
  await world.timePasses(7 * HOUR);
  await world.cycle();
  expect(asked()).toBe(2);
});

test('a conflict that synchronisation reports stands with the person whatever it waits for', async () => {
  const users = crowd(1, { mailboxOpensAfterMs: HOUR });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  world.tenant.tenant.plant({ userPrincipalName: upn('person1'), conflictingAddress: 'SMTP:taken@contoso.example' });
  world.letTimePass();
  await world.cycle();
  expect(world.standing().person1).toBe('awaiting_mailbox/mailbox_opening');
  expect(listPeople(world.db, null)[0]?.message).toContain(
    'Directory synchronisation reports PropertyConflict for ProxyAddresses: SMTP:taken@contoso.example.',
  );
});

const NOT_SHOWN = { mailboxShowsAfterMs: 30 * 24 * HOUR };

test('a few mailboxes are asked at each check, also while the accounts do not show them', async () => {
  const users = crowd(30, { mailboxOpensAfterMs: 60_000 });
  const world = await openWorld({ users, behaviour: NOT_SHOWN });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  for (const _check of [1, 2]) {
    await world.timePasses(5 * 60_000);
    await world.cycle();
  }
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
});

test('a cycle over everybody asks every mailbox, also what the accounts do not show', async () => {
  const users = crowd(70, { mailboxOpensAfterMs: 60_000 });
  const world = await openWorld({ users, behaviour: NOT_SHOWN });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  await world.advance(5 * 60_000);
  await world.cycle({ checkAll: true });
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
});
