/** Keeps the demo tenant's memory on disk, so that it outlives a restart: whole files only, renamed into place. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TenantState, tenantStateSchema } from './tenant.ts';

/** Changes that come together are written together. */
const SETTLE_MS = 100;
/** A large state is written less often: writing takes at most this part of the time. */
const SHARE = 0.05;

/** What an earlier tenant left; null: nothing yet. Throws, naming the file, where it is not one of ours. */
export function readState(file: string): TenantState | null {
  if (!existsSync(file)) return null;
  try {
    return tenantStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} is not a demo tenant's state: remove it to start with a fresh tenant.`, { cause: error });
  }
}

function writeState(file: string, state: TenantState): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, JSON.stringify(state));
  renameSync(fresh, file);
}

export interface StateKeeper {
  /** Something changed: it is on disk shortly. A kill in between loses only these last moments. */
  touch(): void;
  flush(): void;
}

export function keepState(file: string, state: () => TenantState): StateKeeper {
  let timer: NodeJS.Timeout | null = null;
  let settleMs = SETTLE_MS;
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const startedAt = performance.now();
    writeState(file, state());
    settleMs = Math.max(SETTLE_MS, (performance.now() - startedAt) / SHARE);
  };
  return {
    flush,
    touch: () => {
      timer ??= setTimeout(flush, settleMs);
    },
  };
}
