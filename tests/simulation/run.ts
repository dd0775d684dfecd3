/**
 * `npm run simulate`: shares seeds among processes, prints what they came to, and makes a world that breaks a promise small.
 * `npm run simulate -- --seeds 100 --from 1 [--jobs 2] [--verbose] [--until-broken] [--found FILE]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sentenceOf, sum, type Totals } from './totals.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    /** A scenario in JSON instead of seeds. */
    found: { type: 'string' },
    /** So many processes at once, each with every so manieth seed. */
    jobs: { type: 'string', default: '1' },
    'until-broken': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

/** What is made for one request or poll is rubbish before it is collected: with Node's own 16 MB a good deal is copied first. */
const NODE_FLAGS = ['--max-semi-space-size=64'];

process.once('SIGTERM', () => {
  for (const child of children) child.kill();
  process.exit(1);
});

const startedAt = performance.now();
const jobs = values.found === undefined ? Math.max(1, Number(values.jobs)) : 1;
const children: ChildProcess[] = [];

/** Resolves with what the worlds of one process came to; null where it was stopped, or could not begin. */
function run(job: number): Promise<Totals | null> {
  const seeds = Math.ceil((Number(values.seeds) - job) / jobs);
  const given = ['--from', String(Number(values.from) + job), '--step', String(jobs), '--seeds', String(seeds)];
  if (values.found !== undefined) given.push('--found', values.found);
  for (const name of ['until-broken', 'verbose'] as const) if (values[name]) given.push(`--${name}`);
  const child = fork(path.join(import.meta.dirname, 'worlds.ts'), given, { execArgv: NODE_FLAGS });
  children.push(child);
  let totals: Totals | null = null;
  child.on('message', (message: Totals) => {
    totals = message;
    if (values['until-broken'] && message.broken > 0) for (const other of children) if (other !== child) other.kill();
  });
  return new Promise((resolve) => child.on('exit', () => resolve(totals)));
}

const all = await Promise.all(Array.from({ length: jobs }, (_, job) => run(job)));
const known = all.filter((totals) => totals !== null);
const total = sum(known);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
process.stdout.write(`${sentenceOf(total)}: ${total.broken} broken promises in ${seconds} s\n`);
const isWhole = known.length === jobs;
if (!isWhole && total.broken === 0) process.stdout.write('not all of them were run\n');
process.exitCode = isWhole && total.broken === 0 ? 0 : 1;
