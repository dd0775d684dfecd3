/** Keeps the demo tenant's state in a file, so that a restart of the demo forgets nothing. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { TenantState } from './tenant.ts';

/** Writes at most this often. */
const EVERY_MS = 1000;

export interface Keeper {
  changed(): void;
  flush(): void;
}

// Written by `keepState` below and by nobody else, so only its outline is checked.
const stateSchema = z.custom<TenantState>(
  (value) => typeof value === 'object' && value !== null && 'users' in value && 'ledger' in value && 'skus' in value,
);

/** The state of before; null where there is none. Throws where the file is not one of ours. */
export function loadState(file: string): TenantState | null {
  return existsSync(file) ? stateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export function keepState(file: string, state: () => TenantState): Keeper {
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state()));
    renameSync(`${file}.new`, file);
  };
  return {
    flush,
    changed: () => {
      timer ??= setTimeout(flush, EVERY_MS);
      timer.unref();
    },
  };
}
