/** How long the free seats of a licence will last, as text. */

export interface SeatFacts {
  /** Seats that are free. */
  free: number;
  /** People in our queue who need one. */
  reserved: number;
  /** Licences we gave in the last `days` days. */
  given: number;
  days: number;
}

function daysText(days: number): string {
  if (days < 1) return 'less than a day';
  const whole = Math.floor(days);
  return whole === 1 ? 'about a day' : `about ${whole} days`;
}

/** One or two sentences: whether there are enough seats for the queue, and how long the rest lasts at the recent pace. */
export function forecast({ free, reserved, given, days }: SeatFacts): string {
  if (reserved > free) return `${reserved - free} too few for the people queued.`;
  const left = free - reserved;
  if (given === 0) return reserved > 0 ? 'Enough for the people queued; no recent use.' : 'No recent use.';
  const enough = reserved > 0 ? 'Enough for the people queued. ' : '';
  return `${enough}Lasts ${daysText(left / (given / days))} at the recent pace.`;
}
