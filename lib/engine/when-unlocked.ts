/** Waits for the lock of another program without holding up the thread that answers pages. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Db, hardlyWaiting } from '#db/client.ts';
import { unwritableBecause } from '#db/unwritable.ts';

/** Between two tries, each of which takes a quarter of a second at most. */
const PAUSE_MS = 750;

/** Whoever waits for the same database shares the tries. */
const waits = new WeakMap<Db, Promise<void>>();

/**
 * Resolves as soon as no other program keeps the database locked: what is written in the same turn hardly waits. Once `signal` is
 * aborted it resolves at once, and the write waits for itself.
 */
export async function whenUnlocked(db: Db, signal: AbortSignal | null = null): Promise<void> {
  if (signal?.aborted) return;
  let unlocked = waits.get(db);
  if (!unlocked) {
    if (!isLocked(db)) return;
    unlocked = untilUnlocked(db).finally(() => waits.delete(db));
    waits.set(db, unlocked);
  }
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const abort = () => resolve();
  signal?.addEventListener('abort', abort);
  await Promise.race([unlocked, aborted]);
  signal?.removeEventListener('abort', abort);
}

async function untilUnlocked(db: Db): Promise<void> {
  do await delay(PAUSE_MS);
  while (isLocked(db));
}

function isLocked(db: Db): boolean {
  try {
    hardlyWaiting(db, () => db.transaction(() => {}, { behavior: 'immediate' }));
    return false;
  } catch (error) {
    // Whatever else is wrong, the write itself says.
    return unwritableBecause(error) === 'busy';
  }
}
