/** Every reason for the state of a person: a title for lists, a sentence for the person, and the fix. In English; `lib/words` has other languages. */

import { dayText } from '#lib/domain/time/days.ts';
import { type NoteCode, type NoteFacts, REASON_FACTS, type ReasonCode, type ReasonFacts } from './reason-facts.ts';

interface ReasonWords<Code extends ReasonCode> {
  /** Groups people in lists: short, no full stop. */
  title: string;
  /** What to do; several sentences are steps, one after the other. Null where nothing needs doing. */
  fix: string | readonly [string, string, ...string[]] | null;
  /** The sentence for one person, from the facts of the case. */
  sentence: (facts: ReasonFacts<Code>) => string;
}

/** What a language says of people. */
export interface Wording {
  reasons: { readonly [Code in ReasonCode]: ReasonWords<Code> };
  /** Sentences that follow the reason’s. */
  notes: { readonly [Code in NoteCode]: (facts: NoteFacts<Code>) => string };
}

/** Whether `licenceNames` joined more than one; null: it is not known which. */
export const isSeveral = (licences: string | null) => licences?.includes(' and ') ?? false;

/** What of another licence can be taken away. */
function removalText({ removable, held, isMapped }: ReasonFacts<'other_licence'>): string {
  if (isMapped) return `The mapping asks for ${held} too, so it stays whatever is decided.`;
  return removable === null
    ? `AutoProvision did not assign ${held} for this row, so it stays whatever is decided.`
    : `AutoProvision assigned ${removable}, and can take it away.`;
}

/** Of seats that are free and kept for others. */
function promisedText(free: number): string {
  if (free === 0) return '';
  return ` left to assign: ${free === 1 ? 'the one that is free goes' : `the ${free} that are free go`} to people who come first`;
}

const CHOICES: Record<ReasonFacts<'choice_made'>['choice'], string> = {
  replace: 'the licence is changed',
  keep: 'the licences stay as they are',
  assign_directly: 'the licence is assigned directly',
  reprocess: 'the group’s licence is processed again',
  reassign: 'the licence is removed and reassigned',
};

function planText({ licences, removed, location }: ReasonFacts<'approval_void'>): string {
  return `${licences}${removed === null ? '' : ` in the place of ${removed}`}${location === null ? '' : ` with usage location ${location}`}`;
}

function lateText({ reported, maybeOnPremises }: ReasonFacts<'mailbox_late'>): string {
  if (reported !== null) return `Exchange Online reports: ${reported}`;
  return maybeOnPremises
    ? 'The account is synchronised and has an address: the mailbox may be on-premises.'
    : 'Exchange Online reports no error of its own.';
}

const checkedAgain = 'The next cycle checks again automatically.';

export const REASONS: Wording['reasons'] = {
  queued: {
    title: 'Accepted',
    fix: null,
    sentence: ({ row }) =>
      `${row ? `${row.again ? 'Dropped again in' : 'Accepted from'} ${row.file}, line ${row.line}` : 'Accepted'}. The next cycle looks up the account.`,
  },
  retried: {
    title: 'Retry requested',
    fix: null,
    sentence: (f) => `${f.by} requested a retry. The next cycle checks again.`,
  },
  approved: {
    title: 'Approved',
    fix: null,
    sentence: (f) => `${f.by} approved the licence. The next cycle assigns it.`,
  },
  license_now: {
    title: 'To be licensed now',
    fix: null,
    sentence: (f) => `${f.by} asked to license now. The next cycle assigns the licence.`,
  },
  license_anyway: {
    title: 'To be licensed anyway',
    fix: null,
    sentence: (f) =>
      `${f.by} asked to license the account although it has an address. The next cycle assigns the licence.`,
  },
  choice_made: {
    title: 'Decided by an operator',
    fix: null,
    sentence: (f) => `${f.by} decided: ${CHOICES[f.choice]}. The next cycle does it.`,
  },
  reopened: { title: 'Reopened', fix: null, sentence: (f) => `${f.by} reopened this. The next cycle checks again.` },
  dismissed: { title: 'Closed by an operator', fix: null, sentence: (f) => `${f.by} closed this: ${f.why}` },
  rejected: {
    title: 'Rejected by an operator',
    fix: 'Correct what is wrong and retry, or dismiss.',
    sentence: (f) => `${f.by} rejected this: ${f.why}`,
  },

  lookup_failed: {
    title: 'Microsoft 365 did not answer',
    fix: null,
    sentence: (f) => `Microsoft 365 could not say whether the account exists (${f.why}). ${checkedAgain}`,
  },
  mailbox_unknown: {
    title: 'The mailbox could not be checked',
    fix: null,
    sentence: (f) =>
      `It is not known whether the mailbox exists (${f.refused ? 'access was refused: ' : ''}${f.why}), so nothing was changed. ${checkedAgain}`,
  },
  readback_pending: {
    title: 'Change sent, not confirmed yet',
    fix: null,
    sentence: () => `The change was sent to Microsoft 365, and the account does not show it yet. ${checkedAgain}`,
  },
  location_not_in_effect: {
    title: 'The usage location is not in effect yet',
    fix: null,
    sentence: (f) =>
      `The usage location ${f.location} has been set, but Microsoft 365 does not accept it for licensing yet. It is retried with growing pauses, for up to a day.`,
  },
  write_failed: {
    title: 'Microsoft 365 did not accept the change',
    fix: null,
    sentence: (f) => `The change could not be made (${f.why}). ${checkedAgain}`,
  },
  permission_missing: {
    title: 'A permission is missing',
    fix: 'Ask a Microsoft 365 administrator to grant the app registration this permission; nothing else is needed.',
    sentence: (f) =>
      `Microsoft 365 refused: ${f.permission ?? 'a permission'} is missing. Once it is granted, the next cycle continues.`,
  },
  access_denied: {
    title: 'Microsoft 365 refuses changes to this account',
    fix: [
      'Ask a Microsoft 365 administrator whether the account is in a restricted administrative unit, or outside the scope of the app’s role.',
      'Then retry. AutoProvision also tries again automatically, at first after 15 minutes, later once a day.',
    ],
    sentence: (f) => `Microsoft 365 refused to change this account. Microsoft says: ${f.graphMessage}`,
  },
  mailbox_denied: {
    title: 'Access to the mailbox is refused',
    fix: 'Ask an Exchange administrator whether an access policy or role scope leaves this mailbox out. It is checked again automatically.',
    sentence: (f) =>
      `Exchange Online refuses the app access to this mailbox, so nobody can tell whether it is open. Microsoft says: ${f.graphMessage}`,
  },
  unknown_too_long: {
    title: 'No usable answer for a long time',
    fix: 'Check the account in the Microsoft 365 admin centre, or open a case with Microsoft support and quote the request ids below. It is checked again automatically.',
    sentence: (f) => `Microsoft 365 has given no usable answer for ${f.hours} hours. The last one: ${f.why}.`,
  },
  would_license: {
    title: 'Would be licensed',
    fix: null,
    sentence: (f) =>
      `Dry run: ${f.licences} would be assigned${f.location ? `, usage location ${f.location} set` : ''}.`,
  },

  not_synchronised: {
    title: 'Not synchronised yet',
    fix: null,
    sentence: () =>
      `The account is not in Microsoft 365 yet: directory synchronisation has not created it. ${checkedAgain}`,
  },
  never_synchronised: {
    title: 'Never synchronised',
    fix: [
      'Check the UserPrincipalName.',
      'Check that the account is in a synchronised organisational unit.',
      'Then retry.',
    ],
    sentence: (f) =>
      `After ${f.days === 1 ? '1 day' : `${f.days} days`} there is still no account with this name in Microsoft 365.`,
  },
  account_deleted: {
    title: 'The account was deleted',
    fix: 'Restore the account in Entra ID (Deleted users), or have it created and synchronised again; processing then continues automatically. If the person is not coming, dismiss.',
    sentence: (f) =>
      f.until === null
        ? 'The account that was found for this person is no longer in Microsoft 365.'
        : `The account was deleted. It can be restored, with its mailbox, until ${dayText(f.until)}.`,
  },
  domain_not_verified: {
    title: 'The domain is not verified in Microsoft 365',
    fix: 'Have the IDM use a domain that is verified in Microsoft 365, or verify this one. An account that has the name in Active Directory is found all the same.',
    sentence: (f) =>
      `No account in Microsoft 365 can be named by ${f.domain}: the organisation has not verified this domain. No account with this name in Active Directory was found either.`,
  },
  name_belongs_to_another: {
    title: 'The name belongs to someone else',
    fix: [
      'Find out whose account it is.',
      'Correct the UserPrincipalName, or have the newcomer’s account renamed in Active Directory. If it is this person after all, license anyway.',
    ],
    sentence: (f) => {
      if (f.successor)
        return `The account that this case is about, ${f.name}’s, is called ${f.upn} now. Its former name, ${f.successor.upn}, belongs to ${f.successor.name}’s account now, and a later row names that person. Nothing was changed. Correct the UserPrincipalName here to ${f.upn}: the next row that names ${f.successor.upn} is then a newcomer.`;
      return f.twin === null
        ? `The account ${f.upn} is ${f.name}’s, and no part of that name is in the row. Nothing was changed.`
        : `The account ${f.upn} is ${f.name}’s; directory synchronisation has named the newcomer’s account ${f.twin}, because the name was taken. Nothing was changed.`;
    },
  },
  several_accounts: {
    title: 'Several accounts with this name',
    fix: ['Find the duplicate in Entra ID.', 'Remove or rename it.', 'Then retry.'],
    sentence: (f) => `${f.count} accounts have this UserPrincipalName, so nothing was changed.`,
  },
  account_is_guest: {
    title: 'The account is a guest',
    fix: 'Guests do not get a mailbox. Convert the account to a member and retry, or dismiss.',
    sentence: () => 'The account is a guest of this tenant, so it gets no licence.',
  },
  before_start: {
    title: 'Starts later',
    fix: null,
    sentence: (f) =>
      `The first day at work is ${dayText(f.startDate)}. The licence is assigned from ${dayText(f.from)} on; until then nothing is changed.`,
  },
  account_disabled: {
    title: 'The account is disabled',
    fix: 'Enable the account in Active Directory; once that is synchronised, it is licensed automatically. Dismiss whoever is not coming.',
    sentence: (f) =>
      `The account is ${f.isLate ? 'still ' : ''}disabled, and Settings say to wait until it is enabled. ${f.isLate ? 'Perhaps nobody has thought of it, or the person is not coming. ' : ''}Every cycle checks again automatically.`,
  },
  proxy_address_conflict: {
    title: 'Address already in use',
    fix: ['Remove the address from the other account.', 'Wait for synchronisation.', 'Then retry.'],
    sentence: (f) =>
      `${f.value ? `The address ${f.value}` : 'An address of this person'} is already used by another account.`,
  },
  mailbox_on_premises: {
    title: 'Mailbox is on-premises',
    fix: 'Migrate the mailbox to Exchange Online, or dismiss. A licence does not create one here.',
    sentence: (f) =>
      f.licensed
        ? 'The mailbox is hosted on-premises, so the licence that AutoProvision assigned opens none in Exchange Online.'
        : 'The mailbox is hosted on-premises, so AutoProvision assigned no licence.',
  },
  mailbox_maybe_on_premises: {
    title: 'Mailbox is probably on-premises',
    fix: [
      'Check with the Exchange team.',
      'If there is no on-premises mailbox, choose License anyway. Where no newcomer has one, an Admin can say so in Settings or in the mapping.',
    ],
    sentence: (f) =>
      `The synchronised account already has the address ${f.address} but no mailbox in Exchange Online, and some newcomers here get one on-premises. Someone has to decide whether to license this account.`,
  },

  employee_type_missing: {
    title: 'EmployeeType is empty',
    fix: 'Fill in the EmployeeType with Correct, or have the IDM send the person again with one.',
    sentence: () => 'The row names no EmployeeType, so no licence can be chosen. Fill in this cell with Correct.',
  },
  type_unmapped: {
    title: 'EmployeeType is not mapped',
    fix: ['Create a mapping for this EmployeeType, or correct it.', 'Then retry.'],
    sentence: (f) =>
      f.before
        ? `EmployeeType was ${f.before} when this person was licensed, and is now ${f.employeeType}, which has no mapping. Nothing was changed.`
        : `EmployeeType ${f.employeeType} has no mapping, so no licence can be chosen.`,
  },
  sku_not_in_tenant: {
    title: 'The licence is not in this tenant',
    fix: ['Buy the licence or change the mapping.', 'Then retry.'],
    sentence: (f) => `The mapping asks for ${f.licence}, which this tenant does not have.`,
  },
  sku_suspended: {
    title: 'The subscription is suspended',
    fix: ['Renew the subscription or change the mapping.', 'Then retry.'],
    sentence: (f) =>
      `The subscription of ${f.licence} is suspended: it cannot be assigned, and where it is, no mailbox opens.`,
  },
  makes_no_mailbox: {
    title: 'The mapped licence includes no mailbox',
    fix: ['Choose a licence with Exchange Online in the mapping.', 'Then retry.'],
    sentence: (f) => `The mapping of EmployeeType ${f.employeeType} contains no enabled Exchange Online plan.`,
  },
  service_plan_unknown: {
    title: 'The mapping refers to an unknown service plan',
    fix: ['Correct the service plans in the mapping.', 'Then retry.'],
    sentence: (f) => `The mapping turns off service plan ${f.plan}, which ${f.licence} does not have.`,
  },

  no_seat: {
    title: 'No free seat',
    fix: 'Buy more seats or free some; the earliest start date comes first.',
    sentence: (f) =>
      f.contradicts
        ? `Microsoft 365 counted free seats of ${f.licence}, and then refused the licence because none is free. It is tried again in every cycle.`
        : `${f.licence} has no ${f.free ? 'seat' : 'free seat'}${promisedText(f.free ?? 0)}. The earliest start date comes first: the licence is assigned as soon as a seat is free.`,
  },
  safety_limit: {
    title: 'Over the safety limit',
    fix: ['Check that this many newcomers are expected.', 'Then approve.'],
    sentence: (f) =>
      `More than ${f.limit === 1 ? '1 person' : `${f.limit} people`} would be licensed within 24 hours, so approval is needed.`,
  },
  approval_needed: {
    title: 'Approval needed',
    fix: ['Check the person and the plan.', 'Then approve.'],
    sentence: () =>
      'This person was held before and nobody has approved it since. What was changed meanwhile is no approval.',
  },

  rows_disagree: {
    title: 'Two rows disagree',
    fix: [
      'Open the person and compare the rows.',
      'Choose the one that is right, or dismiss. No licence is assigned before that.',
    ],
    sentence: (f) =>
      `${f.file}, line ${f.line}, says ${f.says.join(' and ')}, but ${f.known.join(' and ')} was said before. Someone has to choose which row is right.`,
  },
  row_chosen: {
    title: 'Row chosen',
    fix: null,
    sentence: (f) => `${f.by} chose ${f.file}, line ${f.line}. The next cycle looks up the account.`,
  },

  approval_void: {
    title: 'The plan changed after the approval',
    fix: ['Check the new plan.', 'Then approve again.'],
    sentence: (f) =>
      `${f.by} approved another plan. The plan is now ${planText(f)}. This person is waiting for a new approval.`,
  },

  usage_location_not_allowed: {
    title: 'Licence not allowed in this country',
    fix: ['Correct the usage location or choose another licence.', 'Then retry.'],
    sentence: (f) =>
      `Microsoft does not allow this licence in ${f.location === null ? 'the usage location of this account' : `usage location ${f.location}`}.`,
  },
  location_refused: {
    title: 'The usage location could not be set',
    fix: [
      'Set the usage location where the account comes from: in Active Directory that is the attribute msExchUsageLocation, with the two letters of the country; an account made in the cloud has it in the Microsoft 365 admin centre.',
      'Wait until directory synchronisation has brought it. Once the account has a usage location, processing continues automatically.',
    ],
    sentence: (f) =>
      !f.mastered
        ? `Microsoft 365 refused to set the usage location ${f.location}, without which no licence can be assigned. Microsoft says: ${f.graphMessage}`
        : `The usage location ${f.location} cannot be set in Microsoft 365, because this account’s comes from Active Directory: set msExchUsageLocation to ${f.location} there. Microsoft says: ${f.graphMessage}`,
  },
  service_plans_conflict: {
    title: 'Licences are mutually exclusive',
    fix: ['Remove the other licence, or turn the conflicting service plan off in the mapping.', 'Then retry.'],
    sentence: (f) =>
      `The licence contains a service plan that conflicts with one the person already has. Microsoft says: ${f.graphMessage}`,
  },
  service_plan_dependency: {
    title: 'A service plan depends on a missing one',
    fix: ['Add the missing service plan to the mapping.', 'Then retry.'],
    sentence: (f) =>
      `A service plan of the licence depends on another one that is missing. Microsoft says: ${f.graphMessage}`,
  },
  licence_refused: {
    title: 'Microsoft 365 refused the licence',
    fix: [
      'Read what Microsoft says.',
      'Correct the cause.',
      'Then retry. AutoProvision also tries again automatically, at first after 15 minutes, later once a day.',
    ],
    sentence: (f) => `Microsoft 365 refused: ${f.graphMessage}`,
  },
  group_licence_failed: {
    title: 'A group’s licence failed and was not tried again',
    fix: 'Have the licence processed again, or assign it directly: there are buttons for both. What is done in the Microsoft Entra admin centre is noticed automatically.',
    sentence: (f) =>
      `${f.licence} comes through the group ${f.group}. The group’s assignment failed when no seat was free and was not tried again, although seats are free now. AutoProvision asks Microsoft 365 once to assign it again; the history says what came of it.`,
  },
  licence_differs: {
    title: 'The EmployeeType changed after licensing',
    fix: 'Decide whether to change the licence: the button on the person’s page shows what is added and what is removed. If everything should stay as it is, keep the licence.',
    sentence: (f) =>
      `EmployeeType was ${f.before} when this person was licensed, and is now ${f.now}: the mapping asks for ${f.missing}, the account has ${f.held}. ${removalText(f)} Nothing was changed.`,
  },
  other_licence: {
    title: 'Has another licence than the mapped one',
    fix: 'Decide whether to change the licence: the button on the person’s page shows what is added and what is removed. If everything should stay as it is, keep the licence.',
    sentence: (f) =>
      `The mapping of EmployeeType ${f.now} asks for ${f.missing}, and the account has ${f.held}. ${removalText(f)} Nothing was changed.`,
  },
  seat_not_taken: {
    title: 'The licence failed, and no seat was taken',
    fix: [
      'Open the account in the Microsoft 365 admin centre and read what it says about the licence.',
      'Then retry: the licence is assigned again.',
    ],
    sentence: (f) =>
      `${f.licence} is on the account, but does not work: Microsoft 365 says that no seat was free (CountViolation), and has not taken one since, although seats are free and the licence was assigned again.`,
  },
  mailbox_plan_off: {
    title: 'Exchange Online is turned off in the licence',
    fix: 'Turn the Exchange Online service plan on for this account, and processing continues automatically.',
    sentence: (f) =>
      `The account has ${f.licence}, but its Exchange Online plan is turned off, so no mailbox is created.`,
  },
  licence_removed: {
    title: 'The licence was removed',
    fix: [
      'Find out who took the licence away, a colleague, a program or a group.',
      'Retry to assign the mapped licence, or dismiss. If it comes back, that is noticed automatically.',
    ],
    sentence: () => 'The licence is no longer on the account, and no mailbox answers.',
  },

  mailbox_opening: {
    title: 'Licensed, mailbox is opening',
    fix: null,
    sentence: (f) =>
      `${f.licences ?? 'The licence'} ${isSeveral(f.licences) ? 'are' : 'is'} assigned and verified. The mailbox is opening: usually within 30 minutes, at most 24 hours. It is checked again automatically.`,
  },
  mailbox_opening_elsewhere: {
    title: 'Licensed by others, mailbox is opening',
    fix: null,
    sentence: (f) =>
      `The account already has a licence ${f.through === 'group' ? 'through a group' : 'assigned directly'}. Exchange Online is creating the mailbox.`,
  },
  mailbox_late: {
    title: 'Mailbox did not open in time',
    fix: 'Open a case with Microsoft support and quote the request ids below, or check for an on-premises mailbox. If AutoProvision assigned the licence, it can be removed and reassigned once: Exchange Online then starts over.',
    sentence: (f) =>
      `Licensed, but the mailbox has not answered for ${f.hours === 1 ? '1 hour' : `${f.hours} hours`}. ${lateText(f)}`,
  },
  provisioned: {
    title: 'Mailbox is open',
    fix: null,
    sentence: () => 'Licensed by AutoProvision, and the mailbox answers.',
  },
  mailbox_open_licensed: {
    title: 'Mailbox was open before',
    fix: null,
    sentence: () => 'The mailbox was open and licensed already: nothing had to be assigned.',
  },
  mailbox_open_unlicensed: {
    title: 'Has a mailbox without a licence',
    fix: 'Often it is left from an earlier employment. If it is this person’s, license anyway: the mapped licence is assigned. Otherwise dismiss.',
    sentence: () =>
      'The mailbox answers, but no licence covers it: Exchange Online deletes it 30 days after the licence went. Nothing was changed.',
  },
  mailbox_of_nobody: {
    title: 'A shared mailbox, room or device',
    fix: 'If a person should use it, convert it to a user mailbox in the Exchange admin centre (Recipients, Mailboxes, Convert to regular mailbox), then retry. Otherwise dismiss: it needs no licence.',
    sentence: (f) =>
      `The account has a mailbox already, and Exchange Online keeps it as ${f.purpose === 'shared' ? 'a shared mailbox, perhaps left from an earlier employment' : f.purpose === 'room' ? 'a room' : 'a device'}. ${f.licensed ? 'AutoProvision had assigned the licence before that could be seen.' : 'Nothing was changed.'}`,
  },
  mailbox_opened_elsewhere: {
    title: 'Mailbox opened, licensed by others',
    fix: null,
    sentence: () => 'The mailbox answers. AutoProvision did not assign the licence for this row.',
  },
};

/** A sentence of Microsoft’s own is not ended twice. */
const ended = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const NOTES: Wording['notes'] = {
  why: (f) => `Why: ${f.why}`,
  earlier_account: (f) =>
    `The earlier account was deleted and can be restored, with its mailbox, until ${dayText(f.until)}.`,
  location_differs: (f) => `The row says ${f.row}, the account keeps its usage location ${f.account}.`,
  renamed: (f) => `The account was renamed to ${f.upn}.`,
  licence_left: (f) =>
    `Before the name was corrected, AutoProvision assigned ${f.licences} to ${f.upn}, which still has it. AutoProvision does not take it away from someone else: if it is not meant for them, remove it in the Microsoft 365 admin centre.`,
  found_by_other_name: (f) =>
    `The account was found by its name in Active Directory; in Microsoft 365 it is called ${f.upn}.`,
  request_id: (f) => `Request id: ${f.id}.`,
  exchange_reports: (f) => ended(`Exchange Online reports: ${f.report}`),
  synchronisation_reports: (f) =>
    ended(`Directory synchronisation reports ${f.category} for ${f.property}: ${f.value}`),
};

/** Why somebody is held whom only an approval lets go on. */
export const NEEDS_APPROVAL: readonly ReasonCode[] = ['safety_limit', 'approval_needed', 'approval_void'];

/** Reasons of an inconclusive check: the person keeps its state and what is known about it. */
export const INCONCLUSIVE_REASONS: readonly ReasonCode[] = [
  'lookup_failed',
  'mailbox_unknown',
  'readback_pending',
  'location_not_in_effect',
  'write_failed',
  'permission_missing',
  'would_license',
];

/** Reasons that raise a question about what was done, or say that nothing can be read; they undo nothing. */
export const QUESTIONS_ONLY: readonly ReasonCode[] = [
  'licence_differs',
  'other_licence',
  'type_unmapped',
  'mailbox_denied',
  'unknown_too_long',
];

/** Reasons for which people wait because Settings or the mapping say so. */
export const WAITING_BY_RULE = [
  'before_start',
  'account_disabled',
  'mailbox_maybe_on_premises',
] as const satisfies readonly ReasonCode[];

/** Title and fix of a reason code read from the database; an unknown code (from a newer version) is its own title. */
/** What to do as steps, one after the other; none where nothing needs doing. */
export function stepsOf({ fix }: Pick<ReasonWords<ReasonCode>, 'fix'>): readonly string[] {
  return typeof fix === 'string' ? [fix] : (fix ?? []);
}

export function describeReason(code: string): { title: string; fix: string | null } {
  if (!isReasonCode(code)) return { title: code, fix: null };
  return { title: REASONS[code].title, fix: stepsOf(REASONS[code]).join(' ') || null };
}

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASON_FACTS, code);
}

/** A reason code from the database; null where there is none, or one that this version does not know. */
export function readReason(code: string | null | undefined): ReasonCode | null {
  return code !== null && code !== undefined && isReasonCode(code) ? code : null;
}

/** Why a run ended early. */
export const RUN_REASONS = {
  sign_in_failed: 'Sign-in to Microsoft Graph failed',
  permission_missing: 'A Graph permission is missing',
  graph_down: 'Microsoft Graph is not responding',
  waiting_for_graph: 'Waiting before Graph is called again',
  most_calls_failed: 'Most calls to Microsoft Graph failed',
  cancelled: 'Cancelled by an operator',
  stopped_by_signal: 'The server was stopped',
  lease_lost: 'Another process took over',
  process_died: 'The process ended in the middle of the run',
  unexpected: 'An unexpected error',
} as const;

export type RunReason = keyof typeof RUN_REASONS;
