/** The control interface of the demo tenant, under `/_demo`: faults, clock, people, seats, behaviour, and what has happened. */
import { z } from 'zod';
import type { Answer } from '#lib/demo/api/answers.ts';
import { behaviourSchema } from '#lib/demo/tenant/behaviour.ts';
import { faultRuleSchema } from '#lib/demo/tenant/faults.ts';
import type { Tenant } from '#lib/demo/tenant/tenant.ts';
import { userSeedSchema } from '#lib/demo/tenant/users.ts';

const ok = (body: unknown): Answer => ({ status: 200, body });

const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.preprocess((body) => (Array.isArray(body) ? body : [body]), z.array(schema));

const clockSchema = z.union([z.strictObject({ advanceMs: z.number() }), z.strictObject({ now: z.number() })]);

const renameSchema = z.strictObject({ userPrincipalName: z.string(), to: z.string() });
const removeSchema = z.strictObject({ userPrincipalName: z.string() });
const nobody: Answer = { status: 404, body: { problem: 'There is no such account.' } };

const seatsSchema = z.strictObject({
  skuPartNumber: z.string(),
  enabled: z.number().int().min(0).optional(),
  warning: z.number().int().min(0).optional(),
  capabilityStatus: z.string().optional(),
});

const CALLS: Record<string, (tenant: Tenant, body: unknown) => Answer> = {
  'GET /_demo/health': () => ok({ status: 'ok' }),
  'GET /_demo/counters': ({ counters }) => ok({ counters }),
  'GET /_demo/ledger': ({ ledger }) => ok({ ledger }),
  'GET /_demo/requests': ({ requests }) => ok({ requests }),
  'GET /_demo/state': (tenant) =>
    ok({ ...tenant.state(), now: tenant.now(), counters: tenant.counters, behaviour: tenant.behaviour }),
  'POST /_demo/faults': ({ faults }, body) => {
    for (const rule of oneOrMany(faultRuleSchema).parse(body)) faults.add(rule);
    return { status: 204 };
  },
  'DELETE /_demo/faults': ({ faults }) => {
    faults.clear();
    return { status: 204 };
  },
  'POST /_demo/clock': (tenant, body) => {
    const change = clockSchema.parse(body);
    tenant.advance('now' in change ? change.now - tenant.now() : change.advanceMs);
    return ok({ now: tenant.now() });
  },
  'POST /_demo/users': (tenant, body) =>
    ok(
      oneOrMany(userSeedSchema)
        .parse(body)
        .map((seed) => tenant.plant(seed)),
    ),
  'POST /_demo/rename': (tenant, body) => {
    const { userPrincipalName, to } = renameSchema.parse(body);
    return tenant.rename(userPrincipalName, to) ? { status: 204 } : nobody;
  },
  'POST /_demo/remove': (tenant, body) =>
    tenant.remove(removeSchema.parse(body).userPrincipalName) ? { status: 204 } : nobody,
  'POST /_demo/seats': (tenant, body) => {
    const { skuPartNumber, ...change } = seatsSchema.parse(body);
    const sku = tenant.skus.find((one) => one.skuPartNumber === skuPartNumber);
    if (!sku) return { status: 404, body: { problem: `This tenant has no ${skuPartNumber}.` } };
    Object.assign(sku, change);
    tenant.onChange();
    return ok(sku);
  },
  'POST /_demo/behaviour': (tenant, body) => {
    tenant.behaviour = { ...tenant.behaviour, ...behaviourSchema.partial().parse(body) };
    return ok(tenant.behaviour);
  },
};

/**
 * Answers a control call; `body` is undefined for none and a symbol for one that is not declared and readable as JSON. A web
 * page of another origin cannot declare JSON without a preflight request, which the demo tenant never allows.
 */
export function control(tenant: Tenant, method: string, path: string, body: unknown): Answer {
  const call = CALLS[`${method} ${path}`];
  if (!call) return { status: 404, body: { problem: `There is no ${method} ${path}.` } };
  if (method === 'POST' && typeof body === 'symbol')
    return { status: 415, body: { problem: 'Send application/json.' } };
  try {
    return call(tenant, body);
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { problem: z.prettifyError(error) } };
    throw error;
  }
}
