/** What whoever administers Microsoft 365 or Active Directory looks at, for the reasons that are mended there. Pure. */
import type { PortalPage } from '#lib/domain/diagnosis/causes.ts';
import type { ReasonCode } from './reason-facts.ts';
import { readReason } from './reasons.ts';

/** Microsoft’s own words about it. */
export interface Article {
  title: string;
  href: string;
}

/** `commands` read `$upn` and change no account: all of them are copied at once. */
interface Play {
  pages: readonly PortalPage[];
  commands: readonly string[];
  article: Article;
}

export interface Playbook {
  pages: readonly PortalPage[];
  /** Lines for PowerShell, with the person’s UserPrincipalName. */
  script: string;
  article: Article;
}

const LEARN = 'https://learn.microsoft.com';

const ARTICLES = {
  synchronisation: {
    title: 'Troubleshoot object synchronization with Microsoft Entra Connect Sync',
    href: `${LEARN}/entra/identity/hybrid/connect/tshoot-connect-objectsync`,
  },
  restore: {
    title: 'Restore or remove a recently deleted user',
    href: `${LEARN}/entra/fundamentals/users-restore`,
  },
  domain: {
    title: 'Add your custom domain name',
    href: `${LEARN}/entra/fundamentals/add-custom-domain`,
  },
  duplicates: {
    title: 'Identity synchronization and duplicate attribute resiliency',
    href: `${LEARN}/entra/identity/hybrid/connect/how-to-connect-syncservice-duplicate-attribute-resiliency`,
  },
  licences: {
    title: 'Assign Microsoft 365 licenses to user accounts with PowerShell',
    href: `${LEARN}/microsoft-365/enterprise/assign-licenses-to-user-accounts-with-microsoft-365-powershell`,
  },
  groupLicences: {
    title: 'Identify and resolve license assignment problems for a group',
    href: `${LEARN}/entra/identity/users/licensing-groups-resolve-problems`,
  },
  restrictedUnits: {
    title: 'Restricted management administrative units',
    href: `${LEARN}/entra/identity/role-based-access-control/admin-units-restricted-management`,
  },
  mailboxAccess: {
    title: 'Role Based Access Control for Applications in Exchange Online',
    href: `${LEARN}/graph/auth-limit-mailbox-access`,
  },
  sharedMailbox: {
    title: 'Convert a user mailbox to a shared mailbox',
    href: `${LEARN}/microsoft-365/admin/email/convert-user-mailbox-to-shared-mailbox`,
  },
} as const satisfies Record<string, Article>;

const GRAPH = 'Connect-MgGraph -Scopes User.Read.All, Organization.Read.All';
const EXCHANGE = 'Connect-ExchangeOnline';

const LICENCES_OF = 'Get-MgUserLicenseDetail -UserId $upn | Format-Table SkuPartNumber, SkuId';
const HOW_ASSIGNED =
  '(Get-MgUser -UserId $upn -Property licenseAssignmentStates).LicenseAssignmentStates | Format-Table SkuId, State, Error, AssignedByGroup';
const SEATS =
  "Get-MgSubscribedSku | Format-Table SkuPartNumber, CapabilityStatus, ConsumedUnits, @{ n = 'Bought'; e = { $_.PrepaidUnits.Enabled } }";
const IN_ACTIVE_DIRECTORY =
  "Get-ADUser -Filter 'UserPrincipalName -eq $upn' -Properties whenCreated, msExchUsageLocation | Format-List Enabled, DistinguishedName, whenCreated, msExchUsageLocation";
const RECIPIENT = 'Get-EXORecipient -Identity $upn | Format-List DisplayName, RecipientTypeDetails, EmailAddresses';
const MAILBOX =
  'Get-EXOMailbox -Identity $upn -Properties WhenMailboxCreated | Format-List RecipientTypeDetails, WhenMailboxCreated';

const SEATS_PLAY: Play = { pages: ['seats'], commands: [GRAPH, SEATS], article: ARTICLES.licences };
const LICENCES_PLAY: Play = {
  pages: ['licences'],
  commands: [GRAPH, LICENCES_OF, HOW_ASSIGNED],
  article: ARTICLES.groupLicences,
};
const NAMES_PLAY: Play = {
  pages: ['account'],
  commands: [EXCHANGE, RECIPIENT, IN_ACTIVE_DIRECTORY],
  article: ARTICLES.duplicates,
};
const LOCATION_PLAY: Play = {
  pages: ['account'],
  commands: [
    GRAPH,
    'Get-MgUser -UserId $upn -Property usageLocation, onPremisesSyncEnabled | Format-List UsageLocation, OnPremisesSyncEnabled',
    IN_ACTIVE_DIRECTORY,
  ],
  article: ARTICLES.licences,
};
/** `ExchangeGuid` of a mail user: the mailbox that is on-premises. */
const ON_PREMISES_PLAY: Play = {
  pages: ['account', 'mailbox'],
  commands: [EXCHANGE, RECIPIENT, 'Get-MailUser -Identity $upn | Format-List ExchangeGuid, ExternalEmailAddress'],
  article: ARTICLES.synchronisation,
};
const MAILBOX_PLAY: Play = {
  pages: ['account', 'mailbox'],
  commands: [GRAPH, LICENCES_OF, EXCHANGE, MAILBOX],
  article: ARTICLES.licences,
};
const REFUSED_PLAY: Play = {
  pages: ['account'],
  commands: [
    'Connect-MgGraph -Scopes User.Read.All, AdministrativeUnit.Read.All',
    'Get-MgUserMemberOfAsAdministrativeUnit -UserId $upn | Format-Table DisplayName, IsMemberManagementRestricted',
  ],
  article: ARTICLES.restrictedUnits,
};

const PLAYS: Partial<Record<ReasonCode, Play>> = {
  never_synchronised: {
    pages: ['synchronisation'],
    commands: [IN_ACTIVE_DIRECTORY, 'Start-ADSyncSyncCycle -PolicyType Delta'],
    article: ARTICLES.synchronisation,
  },
  account_deleted: {
    pages: ['deleted'],
    // The name of a deleted account begins with the account's id.
    commands: [
      GRAPH,
      "Get-MgDirectoryDeletedItemAsUser -All -Property id, userPrincipalName, deletedDateTime | Where-Object { $_.UserPrincipalName.EndsWith($upn, 'OrdinalIgnoreCase') }",
    ],
    article: ARTICLES.restore,
  },
  domain_not_verified: {
    pages: ['domains'],
    commands: ['Connect-MgGraph -Scopes Domain.Read.All', 'Get-MgDomain | Format-Table Id, IsVerified'],
    article: ARTICLES.domain,
  },
  account_disabled: {
    pages: ['account'],
    // Whether the person comes is known to humans: the line that enables the account is not run with the others.
    commands: [IN_ACTIVE_DIRECTORY, "# Get-ADUser -Filter 'UserPrincipalName -eq $upn' | Enable-ADAccount"],
    article: ARTICLES.synchronisation,
  },
  name_belongs_to_another: NAMES_PLAY,
  several_accounts: NAMES_PLAY,
  account_is_guest: NAMES_PLAY,
  proxy_address_conflict: NAMES_PLAY,
  usage_location_not_allowed: LOCATION_PLAY,
  location_refused: LOCATION_PLAY,
  location_not_in_effect: LOCATION_PLAY,
  permission_missing: REFUSED_PLAY,
  access_denied: REFUSED_PLAY,
  mailbox_denied: {
    pages: ['mailbox'],
    commands: [EXCHANGE, 'Get-ApplicationAccessPolicy | Format-Table AppId, ScopeName, AccessRight', MAILBOX],
    article: ARTICLES.mailboxAccess,
  },
  mailbox_on_premises: ON_PREMISES_PLAY,
  mailbox_maybe_on_premises: ON_PREMISES_PLAY,
  no_seat: SEATS_PLAY,
  seat_not_taken: SEATS_PLAY,
  sku_not_in_tenant: SEATS_PLAY,
  sku_suspended: SEATS_PLAY,
  service_plans_conflict: LICENCES_PLAY,
  service_plan_dependency: LICENCES_PLAY,
  licence_refused: LICENCES_PLAY,
  group_licence_failed: LICENCES_PLAY,
  licence_differs: LICENCES_PLAY,
  other_licence: LICENCES_PLAY,
  licence_removed: LICENCES_PLAY,
  mailbox_plan_off: LICENCES_PLAY,
  unknown_too_long: MAILBOX_PLAY,
  mailbox_late: MAILBOX_PLAY,
  mailbox_opening: MAILBOX_PLAY,
  mailbox_opening_elsewhere: MAILBOX_PLAY,
  mailbox_open_unlicensed: MAILBOX_PLAY,
  mailbox_of_nobody: {
    pages: ['mailbox'],
    // Whose mailbox it becomes is decided by a human: the line that changes it is not run with the others.
    commands: [EXCHANGE, MAILBOX, '# Set-Mailbox -Identity $upn -Type Regular'],
    article: ARTICLES.sharedMailbox,
  },
};

/** A text as PowerShell reads it back: between single quotes only a quote means something, and typographic ones are quotes to it as well. */
export function quoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** Null: there is nothing to do outside of AutoProvision, or the reason is an earlier version's. */
export function playbookOf(storedReason: string, upn: string): Playbook | null {
  const reason = readReason(storedReason);
  const play = reason === null ? undefined : PLAYS[reason];
  if (!play) return null;
  const pages = [...new Set<PortalPage>([...play.pages, 'account', 'mailbox'])];
  return { pages, script: [`$upn = ${quoted(upn)}`, ...play.commands].join('\n'), article: play.article };
}
