/** A demo tenant in a process of its own that keeps nothing, so that its work is not counted as ours. Argument: `TenantOptions` as JSON. */

import { startDemoTenant } from '#lib/demo/server.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { crowd, seedOf } from '#tests/support/seeds.ts';
import type { TenantOptions } from './tenant.ts';

const { people, change = {}, mailboxMinutes, behaviour = {} } = JSON.parse(process.argv[2] ?? '{}') as TenantOptions;
const users = crowd(people, change);
if (mailboxMinutes)
  users.forEach((user, index) => {
    const [least, most] = mailboxMinutes;
    user.mailboxOpensAfterMs = (least + ((index * 7919) % 1000) * ((most - least) / 1000)) * 60_000;
  });
const seats = { plan1: people + 1000, kiosk: people + 1000 };
const tenant = await startDemoTenant({ seed: seedOf({ users, seats }), behaviour });
process.stdout.write(`${JSON.stringify({ url: tenant.url, ...DEMO_CREDENTIALS })}\n`);
process.once('SIGTERM', () => void tenant.close());
