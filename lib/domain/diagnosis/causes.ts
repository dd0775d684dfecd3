/** The causes for which somebody has no mailbox: what each means, what would disprove it, who mends it and how. */

/** Who can mend a cause. */
type Mender = 'nobody' | 'helpdesk' | 'directory' | 'licences' | 'exchange' | 'microsoft';

/** The page of an admin centre on which a cause is looked into. */
export type PortalPage =
  | 'account'
  | 'licences'
  | 'deleted'
  | 'synchronisation'
  | 'domains'
  | 'mailbox'
  | 'health'
  | 'seats';

export interface CauseText {
  title: string;
  disproof: string;
  mender: Mender;
  fix: string;
  pages: readonly PortalPage[];
}

export const CAUSES = {
  account_deleted: {
    title: 'The account was deleted',
    disproof: 'It is no longer among the deleted users, or it has been restored.',
    mender: 'directory',
    fix: 'Restore the account within 30 days of its deletion: mailbox and licences come back with it. If it is synchronised, bring it back into the scope of synchronisation first.',
    pages: ['deleted'],
  },
  other_name: {
    title: 'The account has another name in Microsoft 365',
    disproof: 'That account belongs to someone else.',
    mender: 'directory',
    fix: 'Correct the UserPrincipalName in the row (“Correct and retry”), or rename the account.',
    pages: ['account'],
  },
  name_taken: {
    title: 'The name belongs to another account',
    disproof: 'Both accounts belong to the same person.',
    mender: 'directory',
    fix: 'Find out whose accounts these are. The account that should have the name has another one: free the name and synchronise, or correct the row.',
    pages: ['account'],
  },
  domain_not_verified: {
    title: 'The domain of the name is not verified in Microsoft 365',
    disproof: 'The domain is among the verified ones.',
    mender: 'directory',
    fix: 'Verify the domain, or give the account a name in a verified one.',
    pages: ['domains'],
  },
  synchronisation_stopped: {
    title: 'Directory synchronisation has stopped',
    disproof: 'A newer synchronisation, after which the account is still missing.',
    mender: 'directory',
    fix: 'Have the service Microsoft Entra Connect (or cloud sync) looked at; the account comes with its next successful run.',
    pages: ['synchronisation'],
  },
  not_synchronised: {
    title: 'The account does not exist in Microsoft 365',
    disproof: 'The account appears after the next synchronisation, or under another name.',
    mender: 'directory',
    fix: 'Check that the account exists in Active Directory, is in an organisational unit that is synchronised, and has exactly this UserPrincipalName.',
    pages: ['synchronisation'],
  },
  account_is_guest: {
    title: 'The account is a guest',
    disproof: 'userType is Member.',
    mender: 'directory',
    fix: 'Guests get no mailbox here: have a member account created, or convert this one.',
    pages: ['account'],
  },
  before_start: {
    title: 'It is too early: the start date is ahead, or the account has to be enabled first',
    disproof: 'The start date is wrong, or “License now” licenses the person at once.',
    mender: 'nobody',
    fix: 'Nothing. If it is urgent, choose “License now” on the person’s page.',
    pages: ['account'],
  },
  account_disabled: {
    title: 'The account is disabled, and Settings say to wait until it is enabled',
    disproof: 'The account is enabled.',
    mender: 'directory',
    fix: 'Enable the account; once that is synchronised, it is licensed automatically. If it is urgent, choose “License now” on the person’s page. Dismiss whoever is not coming.',
    pages: ['account'],
  },
  no_seat: {
    title: 'No seat of the licence is free',
    disproof: 'The licence shows free seats.',
    mender: 'licences',
    fix: 'Buy seats or free some. People who are waiting are then licensed automatically.',
    pages: ['seats'],
  },
  group_licence_failed: {
    title: 'The licence of a group could not be assigned',
    disproof: 'licenseAssignmentStates shows the licence as Active.',
    mender: 'licences',
    fix: 'Have the licences of the group processed again (“Reprocess”), or assign the licence directly.',
    pages: ['licences'],
  },
  usage_location: {
    title: 'The usage location does not allow the licence',
    disproof: 'The account has a usage location in which the licence is offered.',
    mender: 'helpdesk',
    fix: 'Set the right usage location (“Set usage location”); where it is mastered in Active Directory, set it there.',
    pages: ['account'],
  },
  licence_conflict: {
    title: 'The licence conflicts with another, or lacks one that it depends on',
    disproof: 'licenseAssignmentStates shows no such error.',
    mender: 'licences',
    fix: 'Remove the licence or service plan that conflicts, or add the one that is missing.',
    pages: ['licences'],
  },
  licence_suspended: {
    title: 'The subscription behind the licence is suspended',
    disproof: 'The plan or the subscription is Enabled.',
    mender: 'licences',
    fix: 'Renew the subscription, or assign a licence from another one.',
    pages: ['seats', 'licences'],
  },
  mailbox_plan_off: {
    title: 'Exchange Online is turned off in the licence',
    disproof: 'assignedPlans shows an Exchange Online plan as Enabled.',
    mender: 'licences',
    fix: 'Turn on Exchange Online among the apps of the licence, on the account or in the group that assigns it.',
    pages: ['licences'],
  },
  licence_without_mailbox: {
    title: 'The licence includes no mailbox',
    disproof: 'One of the licences includes Exchange Online.',
    mender: 'licences',
    fix: 'Assign a licence that includes a mailbox. The EmployeeType may be mapped to the wrong one.',
    pages: ['licences'],
  },
  no_licence: {
    title: 'The account has no licence',
    disproof: 'A licence shows on the account.',
    mender: 'helpdesk',
    fix: 'If the person is known here, do what their page says; otherwise list them in a file, or assign a licence by hand.',
    pages: ['licences'],
  },
  address_conflict: {
    title: 'An address of the account belongs to someone else',
    disproof: 'Nobody else has the address: look among mailboxes, groups, contacts and public folders as well.',
    mender: 'directory',
    fix: 'Remove the address from the other object or from this account, where it is mastered; synchronise, then check again.',
    pages: ['account', 'mailbox'],
  },
  deleted_holds_address: {
    title: 'A deleted account still has the name or the address',
    disproof: 'The deleted account is permanently deleted, and there is still no mailbox.',
    mender: 'exchange',
    fix: 'If it is the same person, restore the deleted account. Otherwise delete it permanently once its mailbox is no longer needed.',
    pages: ['deleted', 'mailbox'],
  },
  exchange_error: {
    title: 'Exchange Online reports an error on the account',
    disproof: 'serviceProvisioningErrors is empty, or its entries are resolved.',
    mender: 'exchange',
    fix: 'Fix what Exchange Online reports; it then tries again automatically or on request.',
    pages: ['mailbox', 'account'],
  },
  mailbox_on_premises: {
    title: 'The mailbox is on-premises',
    disproof: 'Get-MailUser shows no ExchangeGuid for the account in Exchange Online.',
    mender: 'exchange',
    fix: 'Migrate the mailbox; or, if there is none on-premises, clear msExchMailboxGuid in Active Directory and synchronise.',
    pages: ['mailbox'],
  },
  mailbox_of_nobody: {
    title: 'The mailbox is not one of a person',
    disproof: 'userPurpose is user.',
    mender: 'exchange',
    fix: 'Find out whose mailbox it is. If the person is to have it, convert it to a user mailbox (Set-Mailbox -Type Regular) and assign a licence.',
    pages: ['mailbox'],
  },
  service_incident: {
    title: 'Microsoft reports a problem with Exchange Online',
    disproof: 'The service is healthy again, and there is still no mailbox.',
    mender: 'microsoft',
    fix: 'Wait until Microsoft has fixed it, and follow it in Service health.',
    pages: ['health'],
  },
  exchange_not_started: {
    title: 'Exchange Online has not created the mailbox',
    disproof: 'A mailbox answers, or Exchange Online reports an error.',
    mender: 'microsoft',
    fix: 'Ask for it again, or remove and reassign the licence; if that does not help, open a support request with Microsoft, with the details below.',
    pages: ['mailbox', 'licences'],
  },
  mailbox_opening: {
    title: 'The mailbox is being created',
    disproof: 'There is still no mailbox 24 hours after the licence.',
    mender: 'nobody',
    fix: 'Wait: most open within 30 minutes, and Microsoft allows 24 hours.',
    pages: ['mailbox'],
  },
} as const satisfies Record<string, CauseText>;

export type CauseCode = keyof typeof CAUSES;

/** What a language says of each cause. */
export type CauseWords = { readonly [Code in CauseCode]: Pick<CauseText, 'title' | 'disproof' | 'fix'> };
