/** How long the free seats of a licence will last. Pure. */

export interface SeatFacts {
  /** Seats that are free. */
  free: number;
  /** People in our queue who need one. */
  reserved: number;
  /** Seats that have to be bought for everybody who is listed or planned, as the forecast of starts says. */
  missing: number;
  /** Licences we gave in the last `days` days. */
  given: number;
  days: number;
}

/** What is said of them, with its numbers. */
export type SeatForecast =
  | readonly ['tooFew' | 'tooFewLater', { n: number }]
  | readonly ['enoughUnused']
  | readonly ['unused']
  | readonly ['lasts' | 'enoughAndLasts', { days: number }];

/** Whether there are enough seats for the queue, and how many whole days the rest lasts at the recent pace. */
export function forecast({ free, reserved, missing, given, days }: SeatFacts): SeatForecast {
  if (missing > Math.max(0, reserved - free)) return ['tooFewLater', { n: missing }];
  if (reserved > free) return ['tooFew', { n: reserved - free }];
  if (given === 0) return [reserved > 0 ? 'enoughUnused' : 'unused'];
  return [reserved > 0 ? 'enoughAndLasts' : 'lasts', { days: Math.floor((free - reserved) / (given / days)) }];
}
