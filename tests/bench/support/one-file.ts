/**
 * One file of newcomers into a tenant, by the engine of the tree it is started in (its working directory), so that two commits can
 * be measured side by side. Argument: tenant, people, compression and environment as JSON; prints how the run ended.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as engine from './engine.ts';

const { tenant, people, compression, more } = JSON.parse(process.argv[2] ?? '{}');
const place = path.join(process.cwd(), 'tests', 'bench', 'support', 'engine.ts');
const { openEngine } = (await import(pathToFileURL(place).href)) as typeof engine;
const { drop, cycle, close } = openEngine(tenant, compression, more);
drop('newcomers.csv', people);
const { status, message } = await cycle();
close();
process.stdout.write(`${JSON.stringify({ status, message })}\n`);
