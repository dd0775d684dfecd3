/** `npm run demo:tenant`: the demo tenant as a separate process; prints its address as one line of JSON. */
import './env-file.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type DemoTenantOptions, startDemoTenant } from '#lib/demo/server.ts';
import { behaviourSchema } from '#lib/demo/tenant/behaviour.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import type { Seed } from '#lib/demo/tenant/tenant.ts';

const seedSchema = z.custom<Seed>(
  (value) => typeof value === 'object' && value !== null && 'users' in value && 'skus' in value,
  'a seed needs users and skus',
);

const { DEMO_TENANT_PORT = '0', DEMO_TENANT_SEED, DEMO_TENANT_BEHAVIOUR, DATA_DIR = './data' } = process.env;
const options: DemoTenantOptions = {
  port: Number(DEMO_TENANT_PORT),
  stateFile: process.env.DEMO_TENANT_STATE || path.join(DATA_DIR, 'demo-tenant.json'),
};
if (DEMO_TENANT_SEED) options.seed = seedSchema.parse(JSON.parse(readFileSync(DEMO_TENANT_SEED, 'utf8')));
if (DEMO_TENANT_BEHAVIOUR) options.behaviour = behaviourSchema.partial().parse(JSON.parse(DEMO_TENANT_BEHAVIOUR));

const tenant = await startDemoTenant(options);
process.stdout.write(`${JSON.stringify({ url: tenant.url, ...DEMO_CREDENTIALS })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void tenant.close());
