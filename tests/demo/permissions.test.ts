import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROUTES } from '#lib/demo/api/routes.ts';

const FILE = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'graph-permissions.json');

const fileSchema = z.object({
  permissions: z.record(z.string(), z.object({ least: z.array(z.string()), higher: z.array(z.string()) })),
});

/** Calls of the demo tenant as Microsoft's table names them. */
const CALLS = [
  ['GET', '/users'],
  ['GET', '/users/{id}'],
  ['PATCH', '/users/{id}'],
  ['POST', '/users/{id}/assignlicense'],
  ['GET', '/users/{id}/licensedetails'],
  ['GET', '/users/{id}/mailboxsettings'],
  ['GET', '/users/{id}/mailboxsettings/userpurpose'],
  ['POST', '/users/{id}/sendmail'],
  ['GET', '/subscribedskus'],
  ['GET', '/organization'],
  ['GET', '/domains'],
] as const;

describe.skipIf(!existsSync(FILE))(
  "Microsoft's table of permissions (skipped where it is not beside the project)",
  () => {
    test.each(CALLS)('%s %s needs a permission that the table names, the least one among them', (method, call) => {
      const { permissions } = fileSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
      const named = permissions[`${method} ${call}`];
      const route = ROUTES.find((one) => one.method === method && one.pattern.test(call.replace('{id}', 'x')));
      const unnamed = route?.permissions.filter(
        (one) => ![...(named?.least ?? []), ...(named?.higher ?? [])].includes(one),
      );
      expect(unnamed).toEqual([]);
      const [first] = named?.least.filter((one) => !one.includes('ReadBasic')) ?? [];
      if (first) expect(route?.permissions).toContain(first);
    });
  },
);
