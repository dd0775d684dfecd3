/**
 * `npm run simulate`: runs seeds one after the other, prints what they came to, and makes a world that breaks a promise small.
 * `npm run simulate -- --seeds 100 --from 1 [--verbose] [--until-broken] [--found FILE]`
 */
import './platform/quiet.ts';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { installMachine } from './platform/machine.ts';
import { drawScenario, type Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { type Report, World } from './world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    /** A scenario in JSON instead of seeds. */
    found: { type: 'string' },
    'until-broken': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const realNow = performance.now.bind(performance);
const startedAt = realNow();
installMachine(DEMO_CREDENTIALS);

const say = (line: string) => process.stdout.write(`${line}\n`);
const run = (scenario: Scenario): Promise<Report> => new World(scenario).run();
const sentence = ({ seed, broken }: Report) =>
  `seed ${seed} after ${((broken?.atMs ?? 0) / 3_600_000).toFixed(2)} h: ${broken?.promise}: ${broken?.detail}`;

async function tellBroken(report: Report, scenario: Scenario): Promise<void> {
  say(sentence(report));
  if (values['until-broken']) return;
  const { promise } = report.broken ?? { promise: '' };
  const small = await shrink(scenario, promise, async (one) => (await run(one)).broken?.promise ?? null);
  const again = await run(small);
  say(
    `  ${small.people.length} people and ${small.disturbances.length} disturbances are enough: ${again.broken?.detail}`,
  );
  for (const line of again.story) say(`    ${line}`);
  say(`  ${JSON.stringify(small)}`);
}

function* scenarios(): Generator<Scenario> {
  if (values.found !== undefined) yield JSON.parse(readFileSync(values.found, 'utf8')) as Scenario;
  else for (let n = 0; n < Number(values.seeds); n += 1) yield drawScenario(Number(values.from) + n);
}

const total = { seeds: 0, virtualHours: 0, people: 0, runs: 0, writes: 0, crashes: 0, steps: 0, broken: 0 };
for (const scenario of scenarios()) {
  const report = await run(scenario);
  total.seeds += 1;
  for (const key of ['virtualHours', 'people', 'runs', 'writes', 'crashes', 'steps'] as const)
    total[key] += report[key];
  const { seed, trace, virtualHours, steps, runs, crashes, broken } = report;
  if (values.verbose)
    say(`seed ${seed}: ${trace}, ${virtualHours.toFixed(1)} h, ${steps} steps, ${runs} runs, ${crashes} crashes`);
  if (!broken) continue;
  total.broken += 1;
  await tellBroken(report, scenario);
  if (values['until-broken']) break;
}
const { seeds, virtualHours, people, runs, writes, crashes, steps, broken } = total;
const seconds = ((realNow() - startedAt) / 1000).toFixed(0);
say(
  `${seeds} seeds, ${virtualHours.toFixed(0)} virtual hours, ${people} people, ${runs} runs, ${writes} writes, ${crashes} crashes, ` +
    `${steps} steps: ${broken} broken promises in ${seconds} s`,
);
process.exit(broken > 0 ? 1 : 0);
