/** The values that sentences about a person are said with, by their code: what is stored, so that every reader’s language can say them. Pure. */
import { z } from 'zod';

const text = z.string();
const number = z.number();
/** Names of licences as `licenceNames` joins them. */
const names = z.string();
/** `2026-11-02` */
const day = z.iso.date();
/** Of Microsoft or of whoever wrote them: not translated. */
const words = z.string();

const nothing = z.object({});
const byOperator = z.object({ by: text });
const ofLicence = z.object({ licence: names });
const saidByMicrosoft = z.object({ graphMessage: words });
/** `removable`: what of `held` AutoProvision assigned; null: nothing. `isMapped`: the mapping asks for `held` as well. */
const otherLicence = z.object({
  now: text,
  missing: names,
  held: names,
  removable: names.nullable(),
  isMapped: z.boolean().optional(),
});
/** `EmployeeType E`: what a row says, column by column. */
const cells = z.array(text);

export const REASON_FACTS = {
  /** `again`: a later file named somebody who was known. */
  queued: z.object({ row: z.object({ file: text, line: number, again: z.boolean() }).optional() }),
  retried: byOperator,
  approved: byOperator,
  license_now: byOperator,
  license_anyway: byOperator,
  choice_made: z.object({ by: text, choice: z.enum(['replace', 'keep', 'assign_directly', 'reprocess', 'reassign']) }),
  reopened: byOperator,
  dismissed: z.object({ by: text, why: words }),
  rejected: z.object({ by: text, why: words }),

  lookup_failed: z.object({ why: words }),
  /** `refused`: access to the mailbox was. */
  mailbox_unknown: z.object({ why: words, refused: z.boolean().optional() }),
  readback_pending: nothing,
  location_not_in_effect: z.object({ location: text }),
  write_failed: z.object({ why: words }),
  permission_missing: z.object({ permission: text.nullable() }),
  access_denied: saidByMicrosoft,
  mailbox_denied: saidByMicrosoft,
  unknown_too_long: z.object({ hours: number, why: words }),
  would_license: z.object({ licences: names, location: text.nullable() }),

  not_synchronised: nothing,
  never_synchronised: z.object({ days: number }),
  /** `until`: the last day on which the account can be restored; null: not known. */
  account_deleted: z.object({ until: day.nullable() }),
  domain_not_verified: z.object({ domain: text }),
  name_belongs_to_another: z.object({
    upn: text,
    name: text,
    twin: text.nullable(),
    successor: z.object({ upn: text, name: text }).optional(),
  }),
  several_accounts: z.object({ count: number }),
  account_is_guest: nothing,
  before_start: z.object({ startDate: day, from: day }),
  /** `isLate`: for longer than accounts usually wait. */
  account_disabled: z.object({ isLate: z.boolean().optional() }),
  proxy_address_conflict: z.object({ value: text.nullable() }),
  /** `licensed`: by AutoProvision. */
  mailbox_on_premises: z.object({ licensed: z.boolean() }),
  mailbox_maybe_on_premises: z.object({ address: text }),

  employee_type_missing: nothing,
  /** `before`: the EmployeeType for which the person was licensed; null: not licensed. */
  type_unmapped: z.object({ employeeType: text, before: text.nullable() }),
  sku_not_in_tenant: ofLicence,
  sku_suspended: ofLicence,
  makes_no_mailbox: z.object({ employeeType: text }),
  service_plan_unknown: z.object({ plan: text, licence: names }),

  /** `free`: seats that are free and promised to others. `contradicts`: Microsoft 365 had counted free seats. */
  no_seat: z.object({ licence: names, free: number.optional(), contradicts: z.boolean().optional() }),
  safety_limit: z.object({ limit: number }),
  approval_needed: nothing,

  rows_disagree: z.object({ file: text, line: number, says: cells, known: cells }),
  row_chosen: z.object({ by: text, file: text, line: number }),

  /** The plan by now; `removed` null: nothing is taken away. */
  approval_void: z.object({ by: text, licences: names, removed: names.nullable(), location: text.nullable() }),

  usage_location_not_allowed: z.object({ location: text.nullable() }),
  /** `mastered`: in Active Directory. */
  location_refused: z.object({ location: text, mastered: z.boolean(), graphMessage: words }),
  service_plans_conflict: saidByMicrosoft,
  service_plan_dependency: saidByMicrosoft,
  licence_refused: saidByMicrosoft,
  group_licence_failed: z.object({ licence: names, group: text }),
  licence_differs: otherLicence.extend({ before: text }),
  other_licence: otherLicence,
  seat_not_taken: ofLicence,
  mailbox_plan_off: ofLicence,
  licence_removed: nothing,

  /** `licences` null: it is not known which. */
  mailbox_opening: z.object({ licences: names.nullable() }),
  mailbox_opening_elsewhere: z.object({ through: z.enum(['group', 'direct']) }),
  /** `reported`: by Exchange Online; null: nothing. */
  mailbox_late: z.object({ hours: number, reported: words.nullable(), maybeOnPremises: z.boolean() }),
  provisioned: nothing,
  mailbox_open_licensed: nothing,
  mailbox_open_unlicensed: nothing,
  /** `licensed`: by AutoProvision, before the mailbox could be seen. */
  mailbox_of_nobody: z.object({ purpose: text, licensed: z.boolean().optional() }),
  mailbox_opened_elsewhere: nothing,
} as const;

/** Of a reason. */
export type ReasonCode = keyof typeof REASON_FACTS;

/** Of sentences that follow the reason’s. */
export const NOTE_FACTS = {
  /** An operator gave a reason for what needs none. */
  why: z.object({ why: words }),
  earlier_account: z.object({ until: day }),
  location_differs: z.object({ row: text, account: text }),
  renamed: z.object({ upn: text }),
  /** `upn`: the account that has them. */
  licence_left: z.object({ licences: names, upn: text }),
  found_by_other_name: z.object({ upn: text }),
  request_id: z.object({ id: text }),
  exchange_reports: z.object({ report: words }),
  synchronisation_reports: z.object({ category: text, property: text, value: words }),
} as const;

export type NoteCode = keyof typeof NOTE_FACTS;
export type ReasonFacts<Of extends ReasonCode> = z.infer<(typeof REASON_FACTS)[Of]>;
export type NoteFacts<Of extends NoteCode> = z.infer<(typeof NOTE_FACTS)[Of]>;
