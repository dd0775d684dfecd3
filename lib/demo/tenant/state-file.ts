/** Stores the demo tenant's state on disk, so that it survives a restart: always whole files, renamed into place. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TenantState, tenantStateSchema } from './tenant.ts';

/** Changes that happen together are written together. */
const SETTLE_MS = 100;
/** A large state is written less often: writing takes at most this share of the time. */
const SHARE = 0.05;

/** The state of an earlier tenant; null: none yet. Throws, naming the file, where it is not a state file. */
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
  /** Schedules a write after a change. A kill in between loses only these last moments. */
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
