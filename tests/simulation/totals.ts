/** What worlds came to together. */

const COUNTED = ['virtualHours', 'people', 'runs', 'writes', 'crashes', 'steps', 'seeds', 'broken'] as const;

export type Totals = Record<(typeof COUNTED)[number], number>;

export function sum(all: readonly Totals[]): Totals {
  const total = Object.fromEntries(COUNTED.map((key) => [key, 0])) as Totals;
  for (const one of all) for (const key of COUNTED) total[key] += one[key];
  return total;
}

export function sentenceOf({ seeds, virtualHours, people, runs, writes, crashes, steps }: Totals): string {
  return (
    `${seeds} seeds, ${virtualHours.toFixed(0)} virtual hours, ${people} people, ${runs} runs, ${writes} writes, ${crashes} crashes, ` +
    `${steps} steps`
  );
}
