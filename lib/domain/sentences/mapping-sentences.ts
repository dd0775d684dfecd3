/** What to know about a mapping before it is published. English; German in `lib/words/de/mapping-sentences.ts`. Pure. */

const nobody = 'Nobody gets a mailbox: no enabled service plan includes one.';

export const MAPPINGS = {
  notInTenant: ({ name, partNumber }: { name: string; partNumber: string }) =>
    `${name} (${partNumber}) is not in this tenant.`,
  suspended: ({ name }: { name: string }) => `The subscription of ${name} is suspended: it cannot be assigned.`,
  noFreeSeat: ({ name }: { name: string }) =>
    `${name} has no free seat at the moment: people wait until one becomes free.`,
  noMailboxPlan: () => nobody,
  mailboxPlanTurnedOff: ({ licences }: { licences: readonly string[] }) =>
    `${nobody} The Exchange Online plan of ${licences.join(' and ')} is turned off.`,
  exclusivePlans: ({ plans }: { plans: readonly string[] }) =>
    `${plans.join(' and ')} are mutually exclusive: Microsoft refuses to assign both. Turn one of them off.`,
  paidTwice: ({ plan, licences }: { plan: string; licences: readonly string[] }) =>
    `${plan} is in ${licences.join(' and in ')}: you pay for it twice.`,
};
