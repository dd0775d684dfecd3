/** `POST /users/{id}/assignLicense`: what is refused, in Graph's wording, and the effect of the rest (graph-facts §3). */
import { z } from 'zod';
import type { DemoSku } from '#lib/demo/tenant/skus.ts';
import type { Tenant } from '#lib/demo/tenant/tenant.ts';
import type { DemoLicence, DemoUser } from '#lib/demo/tenant/users.ts';
import { type Answer, badRequest } from './answers.ts';

const orderSchema = z.object({
  addLicenses: z.array(z.object({ skuId: z.guid(), disabledPlans: z.array(z.guid()).default([]) })),
  removeLicenses: z.array(z.guid()),
});

type LicenceOrder = z.output<typeof orderSchema>;

/** Plans that no tenant really has, for a conflict that Graph could report. */
const RIVAL_PLANS = ['00000000-0000-4000-8000-00000000c0f1', '00000000-0000-4000-8000-00000000c0f2'];

/** Errors that Graph reports on the licence, after it has accepted the request. */
const LATER_ERRORS: Partial<Record<NonNullable<DemoUser['refusal']>, string>> = {
  prohibited_location: 'ProhibitedInUsageLocationViolation',
  proxy_conflict: 'UniquenessViolation',
  no_seat_taken: 'CountViolation',
};

/** Carries out an assignment, or returns the refusal; null: done. */
export function assignLicences(tenant: Tenant, user: DemoUser, body: unknown, requestId: string): Answer | null {
  const order = readOrder(body);
  if ('status' in order) return order;
  const refusal = refuseAddition(tenant, user, order) ?? refuseRemoval(user, order);
  if (refusal) return refusal;
  const error = laterError(user);
  const at = tenant.now();
  const licences = order.addLicenses.map(
    ({ skuId, disabledPlans }): DemoLicence => ({
      skuId: skuId.toLowerCase(),
      disabledPlans: disabledPlans.map((plan) => plan.toLowerCase()),
      byGroup: null,
      error,
      at,
    }),
  );
  const removed = order.removeLicenses.map((skuId) => skuId.toLowerCase());
  tenant.changeLicences(user, licences, removed, requestId);
  return null;
}

/** Countries in which the demo's licences are not allowed. */
const PROHIBITED: readonly (string | null)[] = ['CU', 'IR', 'KP', 'SY'];

function laterError({ refusal, usageLocation }: DemoUser): string | null {
  if (refusal === null || (refusal === 'prohibited_location' && !PROHIBITED.includes(usageLocation))) return null;
  return LATER_ERRORS[refusal] ?? null;
}

function readOrder(body: unknown): LicenceOrder | Answer {
  const given = z.record(z.string(), z.unknown()).safeParse(body).data ?? {};
  const missing = ['addLicenses', 'removeLicenses'].filter((name) => given[name] === undefined || given[name] === null);
  if (missing.length > 0)
    return badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${missing.join(', ')}.`,
    );
  const parsed = orderSchema.safeParse(body);
  return parsed.success
    ? parsed.data
    : badRequest(
        "Cannot convert a primitive value to the expected type 'Edm.Guid'. See the inner exception for more details.",
      );
}

function refuseAddition(tenant: Tenant, user: DemoUser, { addLicenses }: LicenceOrder): Answer | null {
  const skus: DemoSku[] = [];
  for (const { skuId } of addLicenses) {
    const sku = tenant.findSku(skuId);
    if (!sku) return badRequest(`License ${skuId} does not correspond to a valid company License.`);
    skus.push(sku);
  }
  if (skus.length === 0) return null;
  // Licensing reads the location from a replica: right after a PATCH it may not be there yet (graph-facts §2, consistency).
  if (!tenant.locationForLicensing(user))
    return badRequest('License assignment cannot be done for user with invalid usage location.');
  const plan = skus[0]?.servicePlans[0]?.servicePlanId ?? '';
  if (user.refusal === 'conflict')
    return badRequest(
      `License assignment failed because service plans ${plan}, ${RIVAL_PLANS[0]} are mutually exclusive.`,
    );
  if (user.refusal === 'dependency')
    return badRequest(
      `License assignment failed because service plan ${plan} depends on the service plan(s) ${RIVAL_PLANS.join(', ')}`,
    );
  if (user.refusal === 'other_language')
    return badRequest('Die Lizenz kann diesem Benutzer nicht zugewiesen werden. Wenden Sie sich an den Support.');
  const takesSeat = ({ skuId }: DemoSku) =>
    !user.licences.some((licence) => licence.skuId === skuId && licence.error === null);
  const full = skus.filter(takesSeat).find((sku) => !tenant.hasSeat(sku));
  return full ? badRequest(`Subscription with SKU ${full.skuId} does not have any available licenses.`) : null;
}

function refuseRemoval(user: DemoUser, { removeLicenses }: LicenceOrder): Answer | null {
  for (const skuId of removeLicenses) {
    const held = user.licences.filter((licence) => licence.skuId === skuId.toLowerCase());
    if (held.length === 0) return badRequest('User does not have a corresponding license.');
    if (held.every(({ byGroup }) => byGroup !== null))
      return badRequest(
        'User license is inherited from a group membership and it cannot be removed directly from the user.',
      );
  }
  return null;
}
