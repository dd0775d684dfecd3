import { expect, test } from 'vitest';
import { BATCH_SIZE } from '#lib/graph/http/batch.ts';
import { mostPending } from '#lib/graph/queue/lead.ts';

const LIMIT = 3000;
/** Everything is counted in round trips of a write: replication takes this many, and at most so many writes of a kind go out in each. */
const REPLICATION = 20;
const AT_ONCE = 200;

/**
 * People who need a location and a licence, in a tenant that accepts so many writes and no more for now: how many are licensed after
 * each round trip, until it refuses or all of them are. `known`: so many it accepted within a window days ago.
 */
function licensed(people: number, budget: number, known = 0): number[] {
  const waves: number[] = [];
  const after: number[] = [];
  let [located, done, accepted] = [0, 0, 0];
  const spend = (wanted: number) => {
    const count = Math.max(0, Math.min(wanted, budget - accepted));
    accepted += count;
    return count;
  };
  while (done < people && accepted < budget && after.length < 1000) {
    const proven = Math.max(known, accepted);
    const visible = waves.slice(0, -REPLICATION).reduce((sum, wave) => sum + wave, 0);
    done += spend(Math.min(visible - done, AT_ONCE));
    let wave = 0;
    for (let batch = BATCH_SIZE; batch > 0 && wave < AT_ONCE; wave += batch) {
      const lead = mostPending({ limit: LIMIT, proven, sent: accepted, lagShare: 0 });
      batch = spend(Math.min(people - located, BATCH_SIZE, Math.floor(lead) - (located - done)));
      located += batch;
    }
    waves.push(wave);
    after.push(done);
  }
  return after;
}

test('a budget of a third of the documented one licenses half as many people as it has writes, and no location is written in vain', () => {
  const after = licensed(900, 1000);
  expect(after.at(-1)).toBeGreaterThanOrEqual(480);
  // The median of 900 people, in so many times the replication.
  expect(after.findIndex((done) => done >= 450) / REPLICATION).toBeLessThan(4);
});

test.each([400, 500, 600, 700, 800, 900, 1100, 1300])(
  'a budget that ends after %i writes has licensed a quarter as many people or more, of half at best',
  (budget) => {
    expect(licensed(budget, budget).at(-1)).toBeGreaterThanOrEqual(budget / 4 - 1);
  },
);

test('a rested tenant takes 1,500 people in the time of six replications, of two at best', () => {
  const after = licensed(1500, LIMIT);
  expect(after.at(-1)).toBe(1500);
  expect(after.length / REPLICATION).toBeLessThan(6);
});

test.each([1000, 1100, 1300, 1500, 2000])(
  'a budget of %i writes that is known from before licenses a quarter as many people or more, and no later than if it were not known',
  (budget) => {
    const [after, unknown] = [licensed(budget, budget, budget), licensed(budget, budget)];
    expect(after.at(-1)).toBeGreaterThanOrEqual(budget / 4 - 1);
    expect(after.length).toBeLessThanOrEqual(unknown.length);
  },
);

test('a tenant that took its whole budget days before takes 1,500 people in the time of three replications', () => {
  const after = licensed(1500, LIMIT, LIMIT);
  expect(after.at(-1)).toBe(1500);
  expect(after.length / REPLICATION).toBeLessThan(3);
});

test('what is on its way counts as sent: half of the writes up to the proof are kept for licences', () => {
  const lead = (sent: number) => mostPending({ limit: LIMIT, proven: 600, sent, lagShare: 0 });
  expect([lead(600), lead(800), lead(900)]).toEqual([300, 200, 100]);
});

test('a full batch always may go first, however small the budget and however little was answered', () => {
  for (const limit of [1, 20, 300, 3000])
    for (const proven of [0, limit / 10, limit / 2, limit])
      expect(mostPending({ limit, proven, sent: 10 * limit, lagShare: 0 })).toBeGreaterThanOrEqual(BATCH_SIZE);
});

test('where replication takes long, the others do not wait for the first', () => {
  const lead = (lagShare: number) => mostPending({ limit: LIMIT, proven: 0, sent: 0, lagShare });
  expect(lead(0.1)).toBe(250);
  expect(lead(1)).toBeGreaterThan(900);
});
