/** Makes a world that breaks a promise as small as it can be while it still breaks the same one. */
import type { Scenario } from './scenario.ts';

/** Runs a scenario; the promise that it breaks, or null. */
export type Breaks = (scenario: Scenario) => Promise<string | null>;

/** No more runs than this for one seed. */
const MOST_RUNS = 150;

/** Lists without one half, one quarter… one element, the large cuts first. */
function* cuts<T>(list: readonly T[]): Generator<T[]> {
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < list.length; at += size) yield list.toSpliced(at, size);
}

function withoutPeople(scenario: Scenario, people: Scenario['people']): Scenario {
  const names = new Set(people.map(({ userPrincipalName }) => userPrincipalName));
  const files = scenario.files
    .map((file) => ({
      ...file,
      people: file.people.filter((name) => names.has(name)),
      otherType: file.otherType.filter((name) => names.has(name)),
    }))
    .filter((file) => file.people.length > 0);
  return { ...scenario, people, files };
}

function* smaller(scenario: Scenario): Generator<Scenario> {
  for (const disturbances of cuts(scenario.disturbances)) yield { ...scenario, disturbances };
  for (const people of cuts(scenario.people)) if (people.length > 0) yield withoutPeople(scenario, people);
  for (const files of cuts(scenario.files)) if (files.length > 0) yield { ...scenario, files };
}

/** The smallest scenario found that breaks `promise`. */
export async function shrink(scenario: Scenario, promise: string, breaks: Breaks): Promise<Scenario> {
  let smallest = scenario;
  let runs = 0;
  for (let wasSmaller = true; wasSmaller; ) {
    wasSmaller = false;
    for (const candidate of smaller(smallest)) {
      if (runs++ >= MOST_RUNS) return smallest;
      if ((await breaks(candidate)) !== promise) continue;
      smallest = candidate;
      wasSmaller = true;
      break;
    }
  }
  return smallest;
}
