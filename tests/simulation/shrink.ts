/** Makes a world that breaks a promise as small as it can be while it still breaks the same one. */
import { Dice } from './platform/chance.ts';
import type { Scenario } from './scenario.ts';
import type { Report } from './world.ts';

/** Runs a scenario, until `untilMs` since its beginning at most. */
type Run = (scenario: Scenario, untilMs: number) => Promise<Pick<Report, 'broken' | 'steps'>>;
type Broken = NonNullable<Report['broken']>;

/** Small enough to look into by hand. */
const FEW_PEOPLE = 5;
const FEW_DISTURBANCES = 3;
/** So many steps of worlds are run for one seed: a few minutes, and the same world whatever the machine. */
const MOST_STEPS = 1_000_000;
/** A world that has become smaller may break its promise so much later. */
const GRACE_MS = 60 * 60_000;
/** Worlds of a few people drawn from the larger one, before anything is cut. */
const GUESSES = 20;
/** With somebody gone everything after falls out otherwise: where a world stays large, each smaller one has so many times more chances. */
const MORE_CHANCES = 4;

/** Nothing happens in a world for long before it is calm: what follows from that is seen earlier. Accounts may still come until then. */
function withoutIdleTime(scenario: Scenario): Scenario {
  const { files, disturbances, people, unreadableAt } = scenario;
  const happens = [
    unreadableAt ?? 0,
    ...files.map(({ at }) => at),
    ...disturbances.map(({ at, forMs }) => at + forMs),
    ...people.map(({ account }) => account?.synchronisesAfterMs ?? 0),
  ];
  return { ...scenario, calmAt: Math.min(scenario.calmAt, Math.max(...happens) + 60_000) };
}

function withPeople(scenario: Scenario, people: Scenario['people']): Scenario {
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

const withDisturbances = (scenario: Scenario, disturbances: Scenario['disturbances']): Scenario => ({
  ...scenario,
  disturbances,
});
const withFiles = (scenario: Scenario, files: Scenario['files']): Scenario => ({ ...scenario, files });

const isSmall = ({ people, disturbances }: Scenario) =>
  people.length <= FEW_PEOPLE && disturbances.length <= FEW_DISTURBANCES;

class Shrinking {
  smallest: Scenario;
  #broken: Broken;
  #stepsLeft = MOST_STEPS;
  readonly #run: Run;
  readonly #dice: Dice;

  constructor(scenario: Scenario, broken: Broken, run: Run) {
    this.smallest = scenario;
    this.#broken = broken;
    this.#run = run;
    this.#dice = new Dice(scenario.seed);
  }

  get isOver(): boolean {
    return this.#stepsLeft <= 0;
  }

  /** Whether this scenario breaks the promise too; if so, it is the smallest from now on. */
  async #takes(candidate: Scenario): Promise<boolean> {
    if (this.isOver || candidate.people.length === 0 || candidate.files.length === 0) return false;
    const { broken, steps } = await this.#run(candidate, this.#broken.atMs + GRACE_MS);
    this.#stepsLeft -= steps;
    if (broken?.promise !== this.#broken.promise) return false;
    this.smallest = candidate;
    this.#broken = broken;
    return true;
  }

  async #takesOneOf(candidate: Scenario, chances: number): Promise<boolean> {
    for (let chance = 0; chance < chances; chance += 1)
      if (await this.#takes({ ...candidate, seed: candidate.seed + chance })) return true;
    return false;
  }

  /** A few of them, those that `comesFirst` says before others, in their order. */
  #few<T>(all: readonly T[], most: number, comesFirst: (one: T) => boolean = () => false): T[] {
    const rank = new Map(all.map((one) => [one, comesFirst(one) ? -1 : this.#dice.roll()]));
    const chosen = new Set(all.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)).slice(0, most));
    return all.filter((one) => chosen.has(one));
  }

  /** Whom the broken promise names is often enough, with a few others: worlds so small are cheap to try. */
  async guess(times: number): Promise<void> {
    for (let n = 0; n < times && !isSmall(this.smallest) && !this.isOver; n += 1) {
      const { smallest } = this;
      const isNamed = ({ userPrincipalName }: Scenario['people'][number]) =>
        this.#broken.detail.includes(userPrincipalName);
      const people = this.#few(smallest.people, this.#dice.between(1, FEW_PEOPLE), isNamed);
      const disturbances = this.#few(smallest.disturbances, this.#dice.between(0, FEW_DISTURBANCES));
      await this.#takes(
        withoutIdleTime({ ...withDisturbances(withPeople(smallest, people), disturbances), seed: smallest.seed + n }),
      );
    }
  }

  /** Leaves out what can be left out: halves, quarters… single ones. */
  async cut(chances: number): Promise<void> {
    await this.#cutOf('disturbances', withDisturbances, chances);
    await this.#cutOf('people', withPeople, chances);
    await this.#cutOf('files', withFiles, chances);
    await this.#takesOneOf(withoutIdleTime(this.smallest), chances);
  }

  async #cutOf<K extends 'disturbances' | 'people' | 'files'>(
    part: K,
    withOnly: (scenario: Scenario, rest: Scenario[K]) => Scenario,
    chances: number,
  ): Promise<void> {
    for (let size = Math.ceil(this.smallest[part].length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = 0; at < this.smallest[part].length && !this.isOver; ) {
        const rest = this.smallest[part].toSpliced(at, size) as Scenario[K];
        if (!(await this.#takesOneOf(withOnly(this.smallest, rest), chances))) at += size;
      }
  }
}

/** The smallest scenario found that breaks the same promise. */
export async function shrink(scenario: Scenario, broken: Broken, run: Run): Promise<Scenario> {
  const shrinking = new Shrinking(scenario, broken, run);
  await shrinking.guess(GUESSES);
  await shrinking.cut(1);
  for (let chances = MORE_CHANCES; !isSmall(shrinking.smallest) && !shrinking.isOver; chances *= MORE_CHANCES) {
    await shrinking.guess(GUESSES * chances);
    await shrinking.cut(chances);
  }
  await shrinking.cut(1);
  return shrinking.smallest;
}
