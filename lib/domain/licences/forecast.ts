/** How far the seats of a licence reach, in words. */

export interface SeatFacts {
  /** Seats nobody uses. */
  free: number;
  /** People of our queue who need one. */
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

/** One or two sentences: is there enough for what is queued, and how long does the rest last at the recent pace. */
export function forecast({ free, reserved, given, days }: SeatFacts): string {
  if (reserved > free) return `Short by ${reserved - free} for what is queued.`;
  const left = free - reserved;
  if (given === 0) return reserved > 0 ? 'Enough for what is queued; no recent use beyond that.' : 'No recent use.';
  const enough = reserved > 0 ? 'Enough for what is queued. ' : '';
  return `${enough}Lasts ${daysText(left / (given / days))} at the recent pace.`;
}
