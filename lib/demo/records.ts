/** Graph's records, made from the tenant's memory. */
import { DEMO_CREDENTIALS, DEMO_DOMAIN } from './credentials.ts';
import { isMailboxPlan } from './skus.ts';
import type { Tenant, VisibleUser } from './tenant.ts';

/** What Graph gives of a user where nothing is selected. */
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
];

const iso = (at: number) => new Date(at).toISOString();

function licenceRecords(tenant: Tenant, user: VisibleUser) {
  return {
    assignedLicenses: user.licences
      .filter(({ error }) => error === null)
      .map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
    licenseAssignmentStates: user.licences.map(({ skuId, disabledPlans, byGroup, error, at }) => ({
      skuId,
      disabledPlans,
      assignedByGroup: byGroup,
      state: error === null ? 'Active' : 'Error',
      error: error ?? 'None',
      lastUpdatedDateTime: iso(at),
    })),
    assignedPlans: tenant.enabledPlans(user).map((servicePlanId) => ({
      assignedDateTime: iso(user.licences[0]?.at ?? 0),
      capabilityStatus: 'Enabled',
      service: 'exchange',
      servicePlanId,
    })),
    provisionedPlans: tenant
      .enabledPlans(user)
      .filter(isMailboxPlan)
      .map(() => ({
        capabilityStatus: 'Enabled',
        provisioningStatus: user.hasMailbox ? 'Success' : 'PendingProvisioning',
        service: 'exchange',
      })),
  };
}

export function userRecord(tenant: Tenant, user: VisibleUser): Record<string, unknown> {
  const opened = user.hasMailbox && user.mailboxOpensAt !== null;
  const [givenName = '', ...surname] = user.displayName.split(' ');
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName,
    givenName,
    surname: surname.join(' '),
    businessPhones: [],
    jobTitle: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    accountEnabled: user.accountEnabled,
    userType: user.userType,
    employeeType: user.employeeType,
    usageLocation: user.usageLocation,
    onPremisesSyncEnabled: user.onPremisesSyncEnabled,
    mail: user.mail ?? (opened ? user.userPrincipalName : null),
    proxyAddresses:
      user.proxyAddresses.length === 0 && opened ? [`SMTP:${user.userPrincipalName}`] : user.proxyAddresses,
    ...licenceRecords(tenant, user),
    onPremisesProvisioningErrors: user.conflictingAddress
      ? [
          {
            category: 'PropertyConflict',
            occurredDateTime: iso(user.synchronisesAt),
            propertyCausingError: 'ProxyAddresses',
            value: user.conflictingAddress,
          },
        ]
      : [],
    serviceProvisioningErrors: [],
  };
}

export function skuRecord(tenant: Tenant, sku: Tenant['skus'][number]): Record<string, unknown> {
  return {
    id: `${DEMO_CREDENTIALS.tenantId}_${sku.skuId}`,
    accountId: DEMO_CREDENTIALS.tenantId,
    accountName: 'contoso',
    appliesTo: 'User',
    capabilityStatus: sku.capabilityStatus,
    consumedUnits: tenant.consumedUnits(sku.skuId),
    prepaidUnits: { enabled: sku.enabled, lockedOut: 0, suspended: 0, warning: sku.warning },
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    subscriptionIds: [sku.skuId],
    servicePlans: sku.servicePlans.map((plan) => ({ ...plan, provisioningStatus: 'Success', appliesTo: 'User' })),
  };
}

export function licenceDetailsRecord(tenant: Tenant, user: VisibleUser): Record<string, unknown>[] {
  return user.licences.flatMap(({ skuId, error }) => {
    const sku = error === null ? tenant.skus.find((candidate) => candidate.skuId === skuId) : undefined;
    if (!sku) return [];
    const { id: _id, servicePlans, skuPartNumber } = { ...skuRecord(tenant, sku), servicePlans: sku.servicePlans };
    return [
      {
        id: skuId,
        skuId,
        skuPartNumber,
        servicePlans: servicePlans.map((plan) => ({ ...plan, provisioningStatus: 'Success', appliesTo: 'User' })),
      },
    ];
  });
}

export function organizationRecord(now: number): Record<string, unknown> {
  return {
    id: DEMO_CREDENTIALS.tenantId,
    displayName: 'Contoso (demo)',
    onPremisesSyncEnabled: true,
    onPremisesLastSyncDateTime: iso(now - 600_000),
    defaultUsageLocation: 'US',
    verifiedDomains: [
      {
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: true,
        isInitial: true,
        name: DEMO_DOMAIN,
        type: 'Managed',
      },
    ],
    assignedPlans: [],
  };
}
