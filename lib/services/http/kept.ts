/** Answers that are kept until somebody writes to the database: most pages are read many times in between. */
import type { Db, Tx } from '#db/client.ts';
import { changeStamp } from '#db/store/runs/live-updates-read.ts';
import { database } from './database.ts';

/** No answer is kept longer, as some depend on the clock. */
const KEPT_MS = 60_000;

/**
 * `read` at one moment of the database, and read again only where somebody has written since, other things are given, or a minute
 * is over. Everybody gets the same object, so nobody may change it.
 */
export function keptUntilWritten<Given extends readonly (string | number | null)[], Answer>(
  read: (tx: Tx, now: number, ...given: Given) => Answer,
): (...given: Given) => Answer {
  let kept: { db: Db; stamp: string; at: number; answers: Map<string, Answer> } | null = null;
  return (...given) => {
    const [db, now] = [database(), Date.now()];
    const stamp = changeStamp(db);
    const isCurrent = kept?.db === db && kept.stamp === stamp && Math.abs(now - kept.at) < KEPT_MS;
    if (!kept || !isCurrent) kept = { db, stamp, at: now, answers: new Map() };
    const { answers } = kept;
    const key = JSON.stringify(given);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = db.transaction((tx) => read(tx, now, ...given));
    answers.set(key, answer);
    return answer;
  };
}
