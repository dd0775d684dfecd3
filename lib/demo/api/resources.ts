/** Graph's resources as JSON, derived from the tenant's state (shapes: graph-facts §2-§4, Microsoft's metadata). */
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { type DemoSku, prepaidUnits } from '#lib/demo/tenant/skus.ts';
import type { Tenant, VisibleUser } from '#lib/demo/tenant/tenant.ts';
import { guidOf } from '#lib/demo/tenant/users.ts';
import { SWITCHED_OFF } from '#lib/domain/account.ts';

export type Resource = Record<string, unknown>;

/** What `GET /users` returns without `$select`. */
export const DEFAULT_USER_PROPERTIES = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const;

const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** Every user property that the demo tenant knows. */
export function userResource(tenant: Tenant, user: VisibleUser): Resource {
  const { id, displayName, userPrincipalName, employeeType, department, accountEnabled, userType } = user;
  const [givenName = displayName, ...rest] = displayName.split(' ');
  const { usageLocation, onPremisesSyncEnabled, deletedAt, hireAt } = user;
  return {
    id,
    displayName,
    givenName,
    surname: rest.join(' ') || null,
    userPrincipalName,
    onPremisesUserPrincipalName: onPremisesName(user),
    deletedDateTime: deletedAt === null ? null : iso(deletedAt),
    employeeHireDate: hireAt === null ? null : iso(hireAt),
    businessPhones: [],
    jobTitle: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    employeeType,
    department,
    accountEnabled,
    userType,
    usageLocation,
    onPremisesSyncEnabled,
    ...addresses(tenant.behaviour.writesAddressesBack ? user : { ...user, mailboxShows: false }),
    ...licensing(tenant, user),
    ...reportedErrors(user),
  };
}

/** A deleted account: its id stands before its name, which another account may have by now. */
export function deletedResource(tenant: Tenant, user: VisibleUser): Resource {
  const userPrincipalName = `${user.id.replaceAll('-', '')}${user.userPrincipalName}`;
  return { ...userResource(tenant, user), userPrincipalName };
}

/** What `$filter` compares, without the cost of the whole resource. */
export function filterable(user: VisibleUser): Resource {
  return { ...user, ...addresses(user), onPremisesUserPrincipalName: onPremisesName(user) };
}

function onPremisesName(user: VisibleUser): string | null {
  const own = user.onPremisesSyncEnabled ? user.userPrincipalName : null;
  return user.onPremisesUserPrincipalName ?? own;
}

function addresses({ mail, proxyAddresses, mailboxShows, userPrincipalName }: VisibleUser): Resource {
  const hasNone = proxyAddresses.length === 0 && mailboxShows;
  return {
    mail: mail ?? (mailboxShows ? userPrincipalName : null),
    proxyAddresses: hasNone ? [`SMTP:${userPrincipalName}`] : proxyAddresses,
  };
}

function licensing(tenant: Tenant, user: VisibleUser): Resource {
  const working = user.licences.filter(({ error }) => error === null);
  const bySku = new Map(working.map(({ skuId, disabledPlans }) => [skuId, { skuId, disabledPlans }]));
  const plans = working.flatMap(({ skuId, disabledPlans, at }) => {
    const { servicePlans = [], capabilityStatus = '' } = tenant.findSku(skuId) ?? {};
    // A subscription in its grace period still works.
    const status = capabilityStatus === 'Warning' ? 'Enabled' : capabilityStatus;
    return servicePlans
      .filter(({ servicePlanId }) => !disabledPlans.includes(servicePlanId))
      .map(({ servicePlanId, service }) => ({ servicePlanId, service, status, at }));
  });
  // Exchange Online is done as well where the mailbox stays on-premises.
  const isDone = user.mailboxShows || user.mailbox === 'on_premises' || user.mailbox === 'on_premises_certain';
  return {
    assignedLicenses: [...bySku.values()],
    licenseAssignmentStates: user.licences.map(({ skuId, disabledPlans, byGroup, error, at }) => ({
      skuId,
      disabledPlans,
      assignedByGroup: byGroup,
      state: error === null ? 'Active' : error === SWITCHED_OFF ? SWITCHED_OFF : 'Error',
      error: error === SWITCHED_OFF ? null : error,
      lastUpdatedDateTime: iso(at),
    })),
    assignedPlans: plans.map(({ servicePlanId, service, status, at }) => ({
      assignedDateTime: iso(at),
      capabilityStatus: status,
      service,
      servicePlanId,
    })),
    provisionedPlans: plans.map(({ service, status }) => ({
      capabilityStatus: status,
      provisioningStatus: service !== 'exchange' || isDone ? 'Success' : 'PendingProvisioning',
      service,
    })),
  };
}

function reportedErrors({ synchronisesAt, conflictingAddress, exchangeError, licences }: VisibleUser): Resource {
  const [licence] = licences;
  const conflict = {
    category: 'PropertyConflict',
    occurredDateTime: iso(synchronisesAt),
    propertyCausingError: 'ProxyAddresses',
    value: conflictingAddress,
  };
  return {
    onPremisesProvisioningErrors: conflictingAddress === null ? [] : [conflict],
    serviceProvisioningErrors:
      exchangeError && licence
        ? [
            {
              '@odata.type': '#microsoft.graph.serviceProvisioningXmlError',
              createdDateTime: iso(licence.at),
              isResolved: false,
              serviceInstance: 'exchange/demo-instance',
              errorDetail: `<ServiceInstance><ErrorDetail>${exchangeError}</ErrorDetail></ServiceInstance>`,
            },
          ]
        : [],
  };
}

export function skuResource(tenant: Tenant, sku: DemoSku): Resource {
  return {
    id: `${DEMO_CREDENTIALS.tenantId}_${sku.skuId}`,
    accountId: DEMO_CREDENTIALS.tenantId,
    accountName: 'contoso',
    appliesTo: 'User',
    capabilityStatus: sku.capabilityStatus,
    consumedUnits: tenant.consumedUnits(sku),
    prepaidUnits: prepaidUnits(sku),
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    subscriptionIds: [guidOf(`subscription of ${sku.skuId}`)],
    servicePlans: sku.servicePlans.map(planResource('Success')),
  };
}

function planResource(provisioningStatus: string) {
  return ({ servicePlanId, servicePlanName }: DemoSku['servicePlans'][number]) => ({
    servicePlanId,
    servicePlanName,
    provisioningStatus,
    appliesTo: 'User',
  });
}

export function licenceDetails(tenant: Tenant, { id, licences, mailboxShows }: VisibleUser): Resource[] {
  const skuIds = new Set(licences.filter(({ error }) => error === null).map(({ skuId }) => skuId));
  return tenant.skus
    .filter((sku) => skuIds.has(sku.skuId))
    .map((sku) => {
      const off = licences.find(({ skuId }) => skuId === sku.skuId)?.disabledPlans ?? [];
      return {
        id: Buffer.from(`${id}${sku.skuId}`).toString('base64url'),
        skuId: sku.skuId,
        skuPartNumber: sku.skuPartNumber,
        servicePlans: sku.servicePlans.map((plan) => {
          const pending = plan.service === 'exchange' && !mailboxShows;
          const status = pending ? 'PendingProvisioning' : 'Success';
          return planResource(off.includes(plan.servicePlanId) ? 'Disabled' : status)(plan);
        }),
      };
    });
}

export function organisationResource(tenant: Tenant): Resource {
  return {
    id: DEMO_CREDENTIALS.tenantId,
    displayName: 'Contoso (demo)',
    countryLetterCode: 'US',
    defaultUsageLocation: null,
    onPremisesSyncEnabled: true,
    onPremisesLastSyncDateTime: iso(tenant.behaviour.lastSyncAt ?? tenant.now() - (tenant.now() % 1_800_000)),
    verifiedDomains: tenant.behaviour.verifiedDomains.map((name, index) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: index === 0,
      isInitial: false,
      name,
      type: 'Managed',
    })),
    assignedPlans: [],
  };
}

export function healthResource({ behaviour }: Tenant): Resource {
  return { id: 'Exchange', service: 'Exchange Online', status: behaviour.exchangeHealth };
}

export function domainResource(name: string, index: number): Resource {
  return {
    id: name,
    authenticationType: 'Managed',
    isAdminManaged: true,
    isDefault: index === 0,
    isInitial: false,
    isRoot: true,
    isVerified: true,
    supportedServices: ['Email', 'OfficeCommunicationsOnline'],
  };
}
