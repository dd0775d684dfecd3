/** The seats of a licence: bought, used, promised to whom, and really left. Pure. */
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { freeSeats, type SubscribedSku } from './mapping.ts';

/** People who are going to take a seat, in the words of their state. */
export const PROMISED_STATES = [
  'queued',
  'awaiting_sync',
  'awaiting_seat',
  'held',
] as const satisfies readonly PersonState[];

/** Reasons of people for whom no seat has to be bought: their account gets no licence, or has the mapped one already. */
export const REASONS_WITHOUT_SEAT = [
  'account_is_guest',
  'mailbox_of_nobody',
  'mailbox_on_premises',
  'mailbox_plan_off',
] as const satisfies readonly ReasonCode[];

export interface SeatClaim {
  state: PersonState;
  people: number;
}

export interface SeatBalance {
  bought: number;
  used: number;
  /** Neither used nor, for the time being, anybody's. */
  free: number;
  /** People in our queue who need one. */
  promised: number;
  promisedTo: readonly SeatClaim[];
  /** Free, and promised to nobody. */
  left: number;
}

type Units = Pick<SubscribedSku, 'enabledUnits' | 'warningUnits' | 'consumedUnits'>;

/** `claims`: people who need this licence, by state; those in other states than `PROMISED_STATES` claim none. */
export function seatBalance(sku: Units, claims: readonly SeatClaim[]): SeatBalance {
  const promisedTo = PROMISED_STATES.flatMap((state) => {
    const people = claims.reduce((sum, claim) => sum + (claim.state === state ? claim.people : 0), 0);
    return people === 0 ? [] : [{ state, people }];
  });
  const promised = promisedTo.reduce((sum, { people }) => sum + people, 0);
  const free = freeSeats(sku);
  const bought = sku.enabledUnits + sku.warningUnits;
  return { bought, used: sku.consumedUnits, free, promised, promisedTo, left: Math.max(0, free - promised) };
}
