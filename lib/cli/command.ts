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

/** Controls and marks of direction: names and messages come from elsewhere, and a terminal acts on what it is sent. */
const ACTED_ON = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text whose controls are escaped, as JSON has them: JSON stays the same. */
export const plain = (text: string) => text.replace(ACTED_ON, escaped);
export const print = (text: string) => void process.stdout.write(`${plain(text)}\n`);
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
