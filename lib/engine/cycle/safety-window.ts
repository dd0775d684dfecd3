/** The window of the safety limit: what counts is the tenant's last 24 hours, whatever run, upload or click people came from. */
import type { Db } from '#db/client.ts';
import { licensedUnapproved } from '#db/store/outcomes/intents.ts';

const WINDOW_MS = 24 * 3_600_000;

/** People licensed in the window without an approval, as far as `limit` (0: there is none, and nobody is counted). */
export function countLicensed(db: Db, limit: number): number {
  return limit === 0 ? 0 : licensedUnapproved(db, Date.now() - WINDOW_MS, limit);
}
