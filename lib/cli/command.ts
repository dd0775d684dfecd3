/** What the commands share: how they print, end, and open the data. */
import type { Db } from '#db/client.ts';
import { openOwnDatabase } from '#lib/data-folder/open-data.ts';
import { type Env, EnvError } from '#lib/env.ts';

/** Exit codes: 0 done, 1 failed, 2 wrong usage, 3 another cycle is running. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number, message = '') {
    super(message);
    this.code = code;
  }
}

export const print = (text: string) => void process.stdout.write(`${text}\n`);
export const printJson = (value: unknown) => print(JSON.stringify(value, null, 2));

export function openData(env: Env): Db {
  try {
    return openOwnDatabase(env);
  } catch (error) {
    throw new Exit(1, `DATA_DIR ${env.dataDir} cannot be used: ${oneLine(error)}`);
  }
}

/** One line, whatever went wrong. */
export function oneLine(error: unknown): string {
  if (error instanceof Exit || error instanceof EnvError) return error.message;
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
