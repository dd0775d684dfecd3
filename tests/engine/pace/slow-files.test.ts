import { appendFileSync, readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

test('a file whose times lie a day ahead is imported by the first run that sees it', async () => {
  const world = await openWorld({ env: { FILE_SETTLE_MS: '200' } });
  world.drop('a.csv', csvOf(crowd(3)));
  const ahead = new Date(Date.now() + 86_400_000);
  utimesSync(path.join(world.dropFolder, 'a.csv'), ahead, ahead);
  await world.cycle();
  expect(Object.keys(world.standing())).toHaveLength(3);
});

test('what a slow writer adds after the move is imported by the next run, in the thread of intake', async () => {
  const world = await openWorld();
  const whole = csvOf(crowd(30));
  const half = Math.floor(whole.length / 2);
  world.drop('a.csv', whole.slice(0, half));
  await world.cycle();
  const folder = path.join(world.dropFolder, 'Processed');
  const [moved = ''] = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  appendFileSync(path.join(folder, moved), whole.slice(half));
  await world.cycle();
  expect(Object.keys(world.standing()).sort()).toEqual(Array.from({ length: 30 }, (_, n) => `person${n + 1}`).sort());
  expect(world.db.$client.prepare('select rows, status from intake_files').all()).toEqual([
    { rows: 30, status: 'accepted' },
  ]);
});
