/** A process of `npm run simulate`: runs seeds one after the other, and sends what they came to when it ends. */
import './platform/quiet.ts';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { installMachine } from './platform/machine.ts';
import { drawScenario, type Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { sentenceOf, sum, type Totals } from './totals.ts';
import { type Report, World } from './world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    /** From one seed to the next. */
    step: { type: 'string', default: '1' },
    found: { type: 'string' },
    'until-broken': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

/** Whoever runs thousands is told so often how far it has come, also where it is killed before its end. */
const TOLD_EVERY = 100;

// Told to end, or left by whoever shares the seeds: what lies on the memory disk is cleared away by listeners of `exit`.
process.once('SIGTERM', () => process.exit(1));
process.once('disconnect', () => process.exit(1));
if (process.send && !process.connected) process.exit(1);
installMachine(DEMO_CREDENTIALS);

const say = (line: string) => process.stdout.write(`${line}\n`);
const run = (scenario: Scenario, untilMs?: number): Promise<Report> => new World(scenario).run(untilMs);
const told = ({ seed, broken }: Report) =>
  `seed ${seed} after ${((broken?.atMs ?? 0) / 3_600_000).toFixed(2)} h: ${broken?.promise}: ${broken?.detail}`;

async function tellBroken(report: Report, scenario: Scenario): Promise<void> {
  say(told(report));
  if (values['until-broken'] || report.broken === null) return;
  const small = await shrink(scenario, report.broken, async (smaller, untilMs) => {
    const tried = await run(smaller, untilMs);
    if (values.verbose)
      say(
        `  ${smaller.people.length} people, ${smaller.disturbances.length} disturbances, ${tried.steps} steps: ${tried.broken?.promise ?? 'nothing broken'}`,
      );
    return tried;
  });
  const again = await run(small);
  say(
    `  ${small.people.length} people and ${small.disturbances.length} disturbances are enough: ${again.broken?.detail}`,
  );
  for (const line of again.story) say(`    ${line}`);
  say(`  ${JSON.stringify(small)}`);
}

function* scenarios(): Generator<Scenario> {
  const [seeds, from, step] = [values.seeds, values.from, values.step].map(Number) as [number, number, number];
  if (values.found !== undefined) yield JSON.parse(readFileSync(values.found, 'utf8')) as Scenario;
  else for (let n = 0; n < seeds; n += 1) yield drawScenario(from + n * step);
}

let total = sum([]);
const broken: number[] = [];
for (const scenario of scenarios()) {
  const report = await run(scenario);
  const { seed, trace, virtualHours, steps, runs, crashes } = report;
  total = sum([total, { ...report, seeds: 1, broken: Number(report.broken !== null) }]);
  if (values.verbose)
    say(`seed ${seed}: ${trace}, ${virtualHours.toFixed(1)} h, ${steps} steps, ${runs} runs, ${crashes} crashes`);
  if (report.broken) {
    broken.push(seed);
    await tellBroken(report, scenario);
    if (values['until-broken']) break;
  }
  if (total.seeds % TOLD_EVERY === 0)
    say(`up to ${seed}: ${sentenceOf(total)}; broken: ${broken.length === 0 ? 'none' : broken.join(', ')}`);
}
const end = () => process.exit(0);
if (process.send) process.send(total satisfies Totals, end);
else end();
