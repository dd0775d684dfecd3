import { utimesSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkById, requestCheck } from '#db/store/system/setup-checks.ts';
import type { CheckResult } from '#lib/domain/setup-checks.ts';
import { runRequestedChecks, runSetupChecks } from '#lib/engine/doctor/doctor.ts';
import { resultIn } from '#lib/services/settings/check-results.ts';
import { messagesOf } from '#lib/words/dictionary.ts';
import { type Found, sayFound } from '#lib/words/findings.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const find = (results: readonly CheckResult[], code: string) => results.find((result) => result.code === code);

const grant = (world: World, ...permissions: string[]) => world.behave({ permissions });

const ALL = ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read', 'Mail.Send'];

test('a permission granted a moment ago counts at once, for the test and for the next cycle', async () => {
  const users = crowd(1);
  const world = await openWorld({ users });
  await grant(world, 'User.Read.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read');
  expect(find(await runSetupChecks(world.engine), 'assign_licences')).toMatchObject({ status: 'failed' });
  await grant(world, ...ALL);
  expect(find(await runSetupChecks(world.engine), 'assign_licences')).toMatchObject({ status: 'ok' });
  world.drop('newcomers.csv', csvOf(users));
  expect(await world.cycle()).toMatchObject({ status: 'completed', counts: { provisioned: 1 } });
});

test('nothing is written to the tenant, and nobody is touched', async () => {
  const world = await openWorld({ users: crowd(3) });
  const before = await world.snapshot();
  await runSetupChecks(world.engine);
  expect((await world.snapshot()).users).toEqual(before.users);
  expect(await world.ledger()).toEqual([]);
});

test('whatever is found is said in German too', async () => {
  const world = await openWorld({ users: crowd(1) });
  await grant(world, 'User.Read.All');
  const results = await runSetupChecks(world.engine);
  expect(results.length).toBeGreaterThan(20);
  for (const result of results) {
    const { code, message, fix } = result;
    expect(sayFound('en', result.said as Found), code).toMatchObject({ message, fix });
    const german = resultIn('de', result);
    expect(german.lang, code).toBeUndefined();
    expect(german.message, code).not.toBe(message);
    expect(german.fix === null, code).toBe(fix === null);
    expect(german.fix, code).not.toBe(fix ?? '');
    if (code !== 'mapping' && code !== 'mail_server') expect(german.title, code).toBe(messagesOf('de', 'checks')[code]);
  }
});

test('what lies unread in the drop folder is said in German whole, and as it was kept in English', async () => {
  const world = await openWorld({ users: [] });
  world.drop('old.xls', 'x');
  const hoursAgo = Date.now() / 1000 - 7200;
  utimesSync(path.join(world.engine.env.dropFolder, 'old.xls'), hoursAgo, hoursAgo);
  const result = find(await runSetupChecks(world.engine), 'read_folder');
  if (!result) throw new Error('the folder was not checked');
  expect(result.message).toContain(
    'Only .csv and .xlsx files directly in the drop folder are read. For an hour or more',
  );
  // As the database keeps it.
  const kept = JSON.parse(JSON.stringify(result));
  expect(resultIn('de', kept)).toMatchObject({
    lang: undefined,
    message: expect.stringContaining('„old.xls“ (als .xlsx oder CSV speichern)'),
  });
  expect(resultIn('de', kept).message).not.toMatch(/drop folder|save it/);
  // An earlier version kept the text alone.
  const [files] = kept.said.sentences;
  const earlier = { ...kept, said: { ...kept.said, sentences: [files, ['otherFiles', { text: 'Only .csv files.' }]] } };
  expect(resultIn('de', earlier)).toMatchObject({ lang: 'en', message: kept.message });
});

test('a mapping without seats is a warning, one without its licence has failed', async () => {
  const world = await openWorld({ users: crowd(1) });
  world.buySeats('EXCHANGESTANDARD', 0);
  world.tenant.tenant.skus.splice(
    world.tenant.tenant.skus.findIndex(({ skuPartNumber }) => skuPartNumber === 'EXCHANGEDESKLESS'),
    1,
  );
  const mappings = (await runSetupChecks(world.engine)).filter(({ code }) => code === 'mapping');
  expect(mappings).toMatchObject([
    { title: 'EmployeeType E', status: 'warning', message: expect.stringContaining('0 seats free') },
    { title: 'EmployeeType N', status: 'failed', message: expect.stringContaining('does not have') },
  ]);
});

test('why the name and the licences of the tenant are not known is said in German', async () => {
  const world = await openWorld();
  for (const path of ['/organization', '/subscribedSkus']) await world.fault({ kind: 'reset', match: { path } });
  const results = await runSetupChecks(world.engine);
  const inGerman = (code: string) => resultIn('de', find(results, code) as CheckResult).message;
  expect(inGerman('organisation')).toBe(
    'Microsoft Graph konnte ihren Namen nicht nennen: keine Antwort: die Verbindung brach ab.',
  );
  expect(inGerman('licences')).toBe(
    'Die Lizenzen des Mandanten lassen sich nicht lesen: keine Antwort: die Verbindung brach ab.',
  );
});

test('where Graph cannot be reached the rest is still tested, and the requested test ends', async () => {
  const world = await openWorld();
  await world.tenant.close();
  const { id } = requestCheck(world.db, { name: 'Demo Admin', key: 'demo/admin' }, Date.now());
  await runRequestedChecks(world.engine, new AbortController().signal);
  const check = checkById(world.db, id);
  expect(check?.finishedAt).not.toBeNull();
  const results = check?.results as CheckResult[];
  expect(find(results, 'sign_in')).toMatchObject({ status: 'failed' });
  expect(resultIn('de', find(results, 'sign_in') as CheckResult)).toMatchObject({
    message: expect.stringMatching(/^Die Anmeldung bei Microsoft Graph ist fehlgeschlagen: /),
    lang: undefined,
  });
  expect(find(results, 'write_folder')).toMatchObject({ status: 'ok' });
});
