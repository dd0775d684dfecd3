import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { outcomes, unchangedOutcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { eachOutcome } from '#db/store/outcomes/outcomes-read.ts';
import { cycleJson } from '#lib/cli/json.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

test('a cycle that finds 40 people as before writes one row, and still names each in its answer and its log', async () => {
  const world = await openWorld();
  world.drop('a.csv', csvOf(crowd(40)));
  await world.cycle();
  expect(world.db.select().from(unchangedOutcomes).all()).toEqual([]);
  expect(world.db.select().from(outcomes).all()).toHaveLength(40);
  world.letTimePass();
  const run = await world.cycle();
  expect(world.db.select().from(unchangedOutcomes).all()).toMatchObject([{ runId: run.id, people: 40 }]);
  expect(world.db.select().from(outcomes).all()).toHaveLength(40);
  const answer = cycleJson(run, [...eachOutcome(world.db, run.id)]);
  expect(answer.counts).toEqual({ awaiting_sync: 40 });
  expect(answer.outcomes).toHaveLength(40);
  expect(answer.outcomes[0]).toMatchObject({ userPrincipalName: upn('person1'), reason: 'not_synchronised' });
  const log = readFileSync(path.join(world.dropFolder, 'Processed', `${run.id}.log`), 'utf8');
  expect(log.match(/^WAITING: .+ \[person\d+@contoso\.example\]$/gm)).toHaveLength(40);
  expect(
    new Set(
      world.db
        .select()
        .from(people)
        .all()
        .map(({ checks }) => checks),
    ),
  ).toEqual(new Set([2]));
});
