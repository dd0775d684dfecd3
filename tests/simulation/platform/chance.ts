/** Seeded dice. */
import { type Random, seededRandom } from '#lib/demo/tenant/random.ts';

export class Dice {
  readonly roll: Random;

  constructor(seed: number) {
    // Neighbouring seeds begin alike: the first rolls are thrown away.
    this.roll = seededRandom(Math.imul(seed, 2_654_435_761));
    for (let n = 0; n < 4; n += 1) this.roll();
  }

  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number {
    return low + Math.floor(this.roll() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.roll() < probability;
  }

  pick<const T extends readonly [unknown, ...unknown[]]>(values: T): T[number] {
    return values[this.between(0, values.length - 1)] ?? values[0];
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let at = this.roll() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      at -= weight;
      if (at < 0) return key;
    }
    const [[last]] = entries.slice(-1) as [[K, number]];
    return last;
  }
}
