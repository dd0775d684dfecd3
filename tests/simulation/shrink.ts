/** Makes a world that breaks a promise as small as it can be while it still breaks the same one. */
import type { Scenario } from './scenario.ts';

/** Runs a scenario; the promise that it breaks, or null. */
export type Breaks = (scenario: Scenario) => Promise<string | null>;

/** No more runs than this for one seed. */
const MOST_RUNS = 400;
/** With somebody gone everything after falls out otherwise: where a world stays large, each smaller one is tried with so many other chances. */
const OTHER_CHANCES = 4;

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

const isSmall = ({ people, disturbances }: Scenario) => people.length <= 5 && disturbances.length <= 3;

/** The smallest scenario found that breaks `promise`. */
export async function shrink(scenario: Scenario, promise: string, breaks: Breaks): Promise<Scenario> {
  let smallest = scenario;
  let runs = 0;
  const firstThatBreaks = async (chances: number): Promise<Scenario | null> => {
    for (const candidate of smaller(smallest))
      for (let chance = 0; chance < chances; chance += 1) {
        if (runs++ >= MOST_RUNS) return null;
        const tried = { ...candidate, seed: candidate.seed + chance };
        if ((await breaks(tried)) === promise) return tried;
      }
    return null;
  };
  for (const chances of [1, OTHER_CHANCES]) {
    if (chances > 1 && isSmall(smallest)) break;
    for (let found = await firstThatBreaks(chances); found; found = await firstThatBreaks(chances)) smallest = found;
  }
  return smallest;
}
