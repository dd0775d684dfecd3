/** What a fact says of a missing mailbox, by code and with the values that were read. In English; `lib/words` has other languages. Pure. */

import { REASONS } from '#lib/domain/reasons/reasons.ts';

/** `2026-11-27 08:15 UTC` */
export const utc = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Of a reason that was stored; one of an earlier version stands for itself. */
export const titleOf = (reasons: Readonly<Record<string, { title: string }>>, code: string) =>
  reasons[code]?.title ?? code;

const orNothing = (text: (at: string) => string, at: number | null) => (at === null ? '' : text(utc(at)));

export const SAYINGS = {
  answers: () => 'The mailbox answers.',
  answersUnlicensed: () => 'A mailbox answers. Without a licence it is deleted 30 days after the licence went.',
  mailboxIs: (f: { purpose: string }) => `A mailbox answers, and its userPurpose is ${f.purpose}.`,
  ourReason: (f: { reason: string }) => `AutoProvision: ${titleOf(REASONS, f.reason)}.`,
  noAccount: (f: { upn: string }) => `No account is called ${f.upn}.`,
  licenceState: (f: { name: string; groupId: string | null; error: string | null }) =>
    `${f.name}, ${f.groupId === null ? 'assigned directly' : `of the group ${f.groupId}`}: ${f.error ?? 'Active'}.`,
  amongDeleted: (f: { name: string; at: number | null }) =>
    `${f.name} is among the deleted users${orNothing((at) => `, deleted ${at}`, f.at)}.`,
  hasName: (f: { upn: string }) => `${f.upn} has this name in Active Directory.`,
  hasSameName: (f: { upn: string }) => `${f.upn} has the same name in Active Directory.`,
  hasAddress: (f: { name: string; upn: string; address: string }) =>
    `${f.name} (${f.upn}) has the address ${f.address}.`,
  nameBelongsTo: (f: { name: string }) => `The name belongs to ${f.name}.`,
  unverified: (f: { domain: string; verified: string }) =>
    `${f.domain} is not among the verified domains: ${f.verified}.`,
  lastSync: (f: { at: number }) => `The last synchronisation was ${utc(f.at)}.`,
  lastSyncLongAgo: (f: { at: number; hours: number }) =>
    `The last synchronisation was ${utc(f.at)}, ${f.hours === 1 ? '1 hour' : `${f.hours} hours`} before.`,
  guest: () => 'userType is Guest.',
  enabledUnlicensed: (f: { isEnabled: boolean }) =>
    `The account is ${f.isEnabled ? 'enabled' : 'disabled'} and has no licence.`,
  waitsForStart: (f: { day: string | null }) =>
    `AutoProvision waits for the start.${f.day === null ? '' : ` The start date is ${f.day}.`}`,
  hireDate: (f: { at: number }) => `employeeHireDate is ${utc(f.at)}.`,
  noSeatFree: (f: { licence: string }) => `${f.licence}: no seat is free.`,
  noSeatFreeOfWanted: (f: { licence: string }) => `${f.licence}, which the mapping asks for: no seat is free.`,
  seatsFree: (f: { licence: string; n: number }) =>
    `${f.licence}: ${f.n === 1 ? '1 seat is' : `${f.n} seats are`} free.`,
  noLicence: () => 'The account has no licence.',
  location: (f: { location: string | null }) =>
    f.location === null ? 'The account has no usage location.' : `The usage location is ${f.location}.`,
  planIs: (f: { status: string }) => `The plan with the mailbox is ${f.status}.`,
  subscriptionOff: (f: { licence: string }) => `The subscription ${f.licence} is not Enabled.`,
  planTurnedOff: (f: { licence: string }) => `${f.licence}: the plan with the mailbox is among disabledPlans.`,
  includesMailbox: (f: { licence: string }) => `${f.licence} includes a mailbox.`,
  workingLicences: (f: { licences: string }) => `Licences that work: ${f.licences}.`,
  withoutMailbox: (f: { licences: string }) => `No mailbox is included in ${f.licences}.`,
  planEnabled: (f: { at: number | null }) =>
    `A plan with a mailbox is Enabled${orNothing((at) => ` since ${at}`, f.at)}.`,
  silence: (f: { code: string }) => `No mailbox answers (${f.code}).`,
  synchronisationReports: (f: { category: string; property: string; value: string }) =>
    `Synchronisation reports ${f.category} for ${f.property}: ${f.value}.`,
  deletedHolds: (f: { name: string; at: number | null }) =>
    `${f.name}, deleted${orNothing((at) => ` ${at}`, f.at)}, has the same name or address.`,
  exchangeReports: (f: { at: number | null; text: string }) =>
    `Exchange Online reports${orNothing((at) => ` (${at})`, f.at)}: ${f.text}`,
  saysOnPremises: (f: { code: string }) => `Exchange Online says so (${f.code}).`,
  exchangeWorked: () => 'Exchange Online has worked on the account (Success).',
  synchronisedAddress: (f: { address: string }) => `The account is synchronised and has the address ${f.address}.`,
  healthIs: (f: { status: string }) => `Exchange Online is reported as ${f.status}.`,
  exchangeShows: (f: { statuses: string | null }) => `For Exchange it shows ${f.statuses ?? 'nothing'}.`,
} as const;

/** The same sentences in another language. */
export type Sayings = {
  readonly [Code in keyof typeof SAYINGS]: (...facts: Parameters<(typeof SAYINGS)[Code]>) => string;
};

/** What a fact says, to be said in any language. */
export type Saying = {
  [Code in keyof Sayings]: readonly [code: Code, ...facts: Parameters<Sayings[Code]>];
}[keyof Sayings];

export function sayingText([code, facts]: Saying, sayings: Sayings = SAYINGS): string {
  // The type of a saying binds its facts to its code, which an index cannot express.
  const say = sayings[code] as (facts: unknown) => string;
  return say(facts);
}
