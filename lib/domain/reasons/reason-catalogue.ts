/** What Help says about each reason, beside its title and fix: the cause, the state it comes with, and who can fix it. */

import type { PersonState } from '#lib/domain/states.ts';
import type { ReasonCode } from './reason-facts.ts';

/** Who can fix the cause. `nobody`: it goes on by itself, or nothing is left to do. */
export type FixedBy = 'nobody' | 'helpdesk' | 'admin' | 'tenant_admin' | 'directory_admin' | 'exchange_admin';

interface CatalogueEntry {
  cause: string;
  /** The states a person with this reason can be in; `unchanged`: the check found nothing out, so the person stays where it was. */
  states: readonly PersonState[] | 'unchanged';
  fixedBy: FixedBy;
}

export const REASON_CATALOGUE: Record<ReasonCode, CatalogueEntry> = {
  queued: {
    cause: 'A file named this person, and no cycle has run since.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  retried: {
    cause: 'Someone pressed Retry, or corrected the row. The account is checked again at once.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  approved: {
    cause: 'Someone released the person from Approvals. The licence follows at once, if the plan is still the same.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  license_now: {
    cause:
      'Someone pressed “License now” for a person who was waiting for the start date or for the account to be enabled.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  license_anyway: {
    cause: 'Someone pressed “License anyway” for a person whose account already has an address.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  choice_made: {
    cause: 'There was a decision to make about the licence, and someone made it on the person’s page.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  reopened: {
    cause: 'The case had been dismissed, and someone opened it again.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  dismissed: {
    cause:
      'Someone closed the case by hand and gave a reason, which is on the person’s page. Nothing more is done until the case is reopened or a later file says something new about the person.',
    states: ['dismissed'],
    fixedBy: 'nobody',
  },
  rejected: {
    cause: 'The person was held for approval, and someone rejected it. The reason is on the person’s page.',
    states: ['needs_attention'],
    fixedBy: 'helpdesk',
  },
  lookup_failed: {
    cause:
      'Microsoft 365 was asked for the account and gave no usable answer: it was busy, unreachable, or the answer took too long. That says nothing about the account.',
    states: 'unchanged',
    fixedBy: 'nobody',
  },
  mailbox_unknown: {
    cause:
      'The account was found, but Exchange Online did not say whether there is a mailbox. While that is unknown nothing is changed, because a second mailbox would be worse than a short wait.',
    states: 'unchanged',
    fixedBy: 'nobody',
  },
  readback_pending: {
    cause:
      'The licence was sent, and the account does not show it yet. Microsoft 365 can take a while to show a change everywhere. The licence is never sent again before the account has been read.',
    states: 'unchanged',
    fixedBy: 'nobody',
  },
  location_not_in_effect: {
    cause:
      'A usage location that was just written can take hours to reach the part of Microsoft 365 that assigns licences. Until then every licence is refused as if the location were invalid.',
    states: 'unchanged',
    fixedBy: 'nobody',
  },
  write_failed: {
    cause:
      'Microsoft 365 could not take the change at that moment, for example because the tenant was busy. The next cycle tries again.',
    states: 'unchanged',
    fixedBy: 'nobody',
  },
  permission_missing: {
    cause:
      'The app registration that AutoProvision signs in with lacks a permission in Microsoft Graph. Everyone is affected, not just this person.',
    states: 'unchanged',
    fixedBy: 'tenant_admin',
  },
  access_denied: {
    cause:
      'Microsoft 365 refused the change for this one account. Usually the account is in a restricted administrative unit, or the app’s role is limited to a scope that leaves the account out.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  mailbox_denied: {
    cause:
      'The app may read the settings of other mailboxes but not of this one: an application access policy or the scope of a role in Exchange Online leaves it out.',
    states: ['needs_attention'],
    fixedBy: 'exchange_admin',
  },
  unknown_too_long: {
    cause:
      'Every check for a long time ended without a usable answer, for example in errors or timeouts. While something is unknown nothing is changed, but someone should look.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  would_license: {
    cause: 'Only in a dry run: this is what a real cycle would do. Nothing was changed.',
    states: 'unchanged',
    fixedBy: 'nobody',
  },
  not_synchronised: {
    cause:
      'The account exists in Active Directory, but directory synchronisation (Entra Connect) has not copied it to Microsoft 365 yet. That is normal and takes minutes to hours.',
    states: ['awaiting_sync'],
    fixedBy: 'nobody',
  },
  never_synchronised: {
    cause:
      'No account with this UserPrincipalName came to Microsoft 365 within the time that Settings allow. The name in the file may be misspelt, the account may have been renamed, or it is in an organisational unit that is not synchronised.',
    states: ['needs_attention'],
    fixedBy: 'directory_admin',
  },
  account_deleted: {
    cause:
      'The account had been found, and is gone: deleted in Entra ID or Active Directory, or no longer synchronised. Microsoft 365 keeps a deleted account and its mailbox for 30 days.',
    states: ['needs_attention'],
    fixedBy: 'directory_admin',
  },
  domain_not_verified: {
    cause:
      'The part after the @ is not a domain that Microsoft 365 accepts in a name, for example one that exists only in Active Directory. Synchronised accounts then get a name under onmicrosoft.com.',
    states: ['needs_attention'],
    fixedBy: 'directory_admin',
  },
  name_belongs_to_another: {
    cause:
      'An account with this UserPrincipalName exists, but it is another person’s: the displayed names have nothing in common, or directory synchronisation had to give the newcomer’s own account another name, or the account was renamed and its name given to somebody else while it was still waited for. If it were taken for the newcomer’s, the wrong person would get a licence, or the newcomer someone else’s mailbox.',
    states: ['needs_attention'],
    fixedBy: 'directory_admin',
  },
  several_accounts: {
    cause: 'More than one account has this UserPrincipalName, so it is not certain who would get the licence.',
    states: ['needs_attention'],
    fixedBy: 'directory_admin',
  },
  account_is_guest: {
    cause: 'The account belongs to another organisation and was invited to this tenant as a guest.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  before_start: {
    cause:
      'The row names a start date that is further away than Settings or the mapping allow for the licence. The seat is kept for the person from the day that the sentence names. “License now” does not wait.',
    states: ['awaiting_start'],
    fixedBy: 'nobody',
  },
  account_disabled: {
    cause:
      'Sign-in is blocked for this account, usually because the person has not started yet, and Settings say to wait until the account is enabled. Somebody is asked where it is still disabled 7 days after the start date or, without one, after 30 days. “License now” does not wait.',
    states: ['awaiting_start', 'needs_attention'],
    fixedBy: 'directory_admin',
  },
  proxy_address_conflict: {
    cause:
      'The mail address of this person already belongs to another account, often that of a namesake or of a leaver. Exchange Online cannot create a mailbox with it.',
    states: ['needs_attention'],
    fixedBy: 'directory_admin',
  },
  mailbox_on_premises: {
    cause: 'Exchange Online knows a mailbox of this person on your own Exchange servers.',
    states: ['needs_attention'],
    fixedBy: 'exchange_admin',
  },
  mailbox_maybe_on_premises: {
    cause:
      'The account was synchronised with a mail address but has no cloud mailbox, and Settings or the mapping say that some newcomers still get a mailbox on your own Exchange servers. The address alone does not tell, so a person decides. Exchange Online does not create a second mailbox where directory synchronisation brought the ID of the one on-premises.',
    states: ['needs_attention'],
    fixedBy: 'exchange_admin',
  },
  employee_type_missing: {
    cause:
      'The file names the person with a valid address, but the cell with the EmployeeType is empty. Nobody is rejected for that: fill it in, and it continues at once.',
    states: ['needs_attention'],
    fixedBy: 'helpdesk',
  },
  type_unmapped: {
    cause:
      'No mapping says which licence people with this EmployeeType get. Often it is a new type, or a typing error.',
    states: ['needs_attention'],
    fixedBy: 'admin',
  },
  sku_not_in_tenant: {
    cause: 'The mapping names a licence that your organisation has never bought, or that has expired altogether.',
    states: ['needs_attention'],
    fixedBy: 'admin',
  },
  sku_suspended: {
    cause: 'The subscription was not renewed. Until it is, none of its licences can be assigned.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  makes_no_mailbox: {
    cause:
      'The mapped licence has no Exchange Online in it, or the mapping turns it off. Assigning it would never lead to a mailbox.',
    states: ['needs_attention'],
    fixedBy: 'admin',
  },
  service_plan_unknown: {
    cause:
      'The mapping turns off a service plan that the licence does not contain. Microsoft changes plans now and then.',
    states: ['needs_attention'],
    fixedBy: 'admin',
  },
  no_seat: {
    cause:
      'Every seat of the mapped licence is in use. The first free seat goes to the earliest start date; people without one count from when they were first named.',
    states: ['awaiting_seat'],
    fixedBy: 'tenant_admin',
  },
  safety_limit: {
    cause:
      'More people were about to be licensed within 24 hours than the safety limit allows. That protects against a wrong file, so someone has to confirm that there really are so many newcomers.',
    states: ['held'],
    fixedBy: 'helpdesk',
  },
  approval_needed: {
    cause:
      'The person was held, then edited, rejected or closed, and came back. It continues only once it is approved by someone who neither submitted, changed nor mapped the person.',
    states: ['held'],
    fixedBy: 'helpdesk',
  },
  rows_disagree: {
    cause:
      'Two rows name this person, in one file or in two, with different EmployeeTypes or usage locations, and no licence is assigned yet. Which of them is right cannot be told from the files. Settings can say that the newest row wins.',
    states: ['held'],
    fixedBy: 'helpdesk',
  },
  row_chosen: {
    cause: 'Two rows disagreed, and someone chose the one that is right. The account is checked again at once.',
    states: ['queued'],
    fixedBy: 'nobody',
  },
  approval_void: {
    cause:
      'Someone approved, but before the licence was assigned the mapping or the usage location changed. An approval counts only for what was shown at the time.',
    states: ['held'],
    fixedBy: 'helpdesk',
  },
  usage_location_not_allowed: {
    cause: 'Microsoft does not offer this licence in the country that is set as the usage location of the account.',
    states: ['needs_attention'],
    fixedBy: 'helpdesk',
  },
  location_refused: {
    cause:
      'No licence can be assigned without a usage location. AutoProvision tried to set the missing one, and Microsoft 365 refused, usually because directory synchronisation brings it from Active Directory.',
    states: ['needs_attention'],
    fixedBy: 'directory_admin',
  },
  service_plans_conflict: {
    cause: 'The account has another licence already, and the two contain service plans that cannot be used together.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  service_plan_dependency: {
    cause: 'A service plan of the licence works only together with another one, which is turned off or missing.',
    states: ['needs_attention'],
    fixedBy: 'admin',
  },
  licence_refused: {
    cause: 'Microsoft 365 refused the licence for a reason of its own. What it says is on the person’s page.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  group_licence_failed: {
    cause:
      'The licence comes through a group. When it was assigned no seat was free, and Microsoft 365 does not try again by itself when seats are bought.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  licence_differs: {
    cause:
      'A later file, or someone here, names another EmployeeType for someone who is licensed. A licence is never removed automatically, and a second one is never added. Only what AutoProvision assigned directly can be removed here.',
    states: ['needs_attention'],
    fixedBy: 'helpdesk',
  },
  other_licence: {
    cause:
      'Someone else, a group, or AutoProvision for another row gave the account a licence with a mailbox, and it is not the one that the mapping asks for. A second one is never added automatically, and AutoProvision never removes what it did not assign for the row.',
    states: ['needs_attention'],
    fixedBy: 'helpdesk',
  },
  seat_not_taken: {
    cause:
      'When the licence was assigned no seat was free. Seats are free by now, and assigning it once more did not help.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  mailbox_plan_off: {
    cause:
      'The account has the licence, but someone turned Exchange Online off in it. AutoProvision does not change what others set by hand.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  licence_removed: {
    cause:
      'The account had the licence, from AutoProvision or from others, and that was confirmed. Since then someone, another program or a group has removed it.',
    states: ['needs_attention'],
    fixedBy: 'helpdesk',
  },
  mailbox_opening: {
    cause:
      'The licence is on the account; Exchange Online is creating the mailbox. That usually takes less than 30 minutes and at most 24 hours.',
    states: ['awaiting_mailbox'],
    fixedBy: 'nobody',
  },
  mailbox_opening_elsewhere: {
    cause:
      'Someone else, or a group, assigned a licence. AutoProvision assigns nothing more and only waits for the mailbox.',
    states: ['awaiting_mailbox'],
    fixedBy: 'nobody',
  },
  mailbox_late: {
    cause:
      'The licence has been on the account for longer than Settings allow, and the mailbox still does not answer. What Exchange Online reports about it is on the person’s page.',
    states: ['needs_attention'],
    fixedBy: 'exchange_admin',
  },
  provisioned: {
    cause: 'AutoProvision assigned the licence, saw it on the account, and the mailbox answered.',
    states: ['provisioned'],
    fixedBy: 'nobody',
  },
  mailbox_open_licensed: {
    cause: 'When the file came, the person had a licence and a working mailbox. Nothing was changed.',
    states: ['already_provisioned'],
    fixedBy: 'nobody',
  },
  mailbox_open_unlicensed: {
    cause:
      'The mailbox works, and no licence on the account covers it. This is the case for some weeks after a leaver’s licence is removed. AutoProvision neither closes such a case nor assigns anything automatically.',
    states: ['needs_attention'],
    fixedBy: 'tenant_admin',
  },
  mailbox_of_nobody: {
    cause:
      'Exchange Online says that the mailbox is shared, a room or a device. Mailboxes of leavers are often turned into shared ones, which a person who comes back cannot simply use.',
    states: ['needs_attention'],
    fixedBy: 'exchange_admin',
  },
  mailbox_opened_elsewhere: {
    cause: 'The person was waiting for a mailbox on a licence that others assigned, and the mailbox has opened.',
    states: ['already_provisioned'],
    fixedBy: 'nobody',
  },
};
