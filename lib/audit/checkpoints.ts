/** Checkpoints: signed notes of how far the history has come, kept beside the data and elsewhere. */
import type { KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Db, Tx } from '#db/client.ts';
import { newestEvent } from '#db/store/events/check-chain.ts';
import { readCheckpointState, writeCheckpointState } from '#db/store/system/checkpoints.ts';
import { identityOf } from '#db/store/system/identity.ts';
import type { Env } from '#lib/env.ts';
import { appendWhole } from './append-whole.ts';
import { auditKey, auditPublicKeys } from './audit-key.ts';
import { openNote, signNote, verifierKey } from './signed-note.ts';

/** How far the history had come at a time (ms): its newest event, and the hash that stands for all up to it. */
export interface Checkpoint {
  eventId: number;
  hash: string;
  at: number;
}

type Place = Pick<Env, 'dataDir' | 'auditFolder'>;

/** Beside the database. */
export const checkpointsFolder = (dataDir: string) => path.join(dataDir, 'checkpoints');
const FILE_NAME = /^\d{4}-\d{2}-\d{2}\.txt$/;
/** A share that does not answer must not hold up a run. */
const ELSEWHERE_LIMIT_MS = 10_000;

/** Names the installation: the first line of its notes, and its key. */
export function auditName(db: Pick<Tx, '$client'>): string {
  const identity = identityOf(db.$client);
  return `autoprovision/${identity?.tenantId ?? identity?.mode ?? 'unknown'}`;
}

/** By what others check what this installation has signed: its key as a line, and after a comma those it had before. */
export function auditVerifier(db: Pick<Tx, '$client'>, dataDir: string): string {
  const name = auditName(db);
  return auditPublicKeys(dataDir)
    .map((key) => verifierKey(name, key))
    .join(',');
}

/** A signed note of the newest event; null where there is none. */
export function composeCheckpoint(db: Tx, dataDir: string, now: number): { note: string; eventId: number } | null {
  const newest = newestEvent(db.$client);
  if (!newest) return null;
  const name = auditName(db);
  const text = `${name}\n${newest.id}\n${newest.hash}\n${new Date(now).toISOString()}\n`;
  return { note: signNote(text, name, auditKey(dataDir)), eventId: newest.id };
}

/** What a note says, where it is signed with one of the keys; null where it is not. */
function parseCheckpoint(note: string, publicKeys: readonly KeyObject[]): Checkpoint | null {
  const [, id, hash, time] = openNote(note, publicKeys)?.split('\n') ?? [];
  const at = Date.parse(time ?? '');
  return hash && /^\d{1,15}$/.test(id ?? '') && !Number.isNaN(at) ? { eventId: Number(id), hash, at } : null;
}

/** Writes a checkpoint where there are new events. The folder elsewhere is never made: a share that is away must not be. */
export async function writeCheckpoint(db: Db, { dataDir, auditFolder }: Place, now: number): Promise<void> {
  const state = readCheckpointState(db);
  const checkpoint = composeCheckpoint(db, dataDir, now);
  if (!checkpoint || (checkpoint.eventId === state.eventId && !state.problem)) return;
  const name = `${new Date(now).toISOString().slice(0, 10)}.txt`;
  if (checkpoint.eventId !== state.eventId) {
    const folder = checkpointsFolder(dataDir);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await appendWhole(path.join(folder, name), `${checkpoint.note}\n`);
  }
  const message = auditFolder === null ? null : await appendElsewhere(auditFolder, name, `${checkpoint.note}\n`);
  const problem = message === null ? null : { at: state.problem?.at ?? now, message };
  writeCheckpointState(db, { eventId: checkpoint.eventId, problem }, now);
}

/** Null where it is written; otherwise why it is not. */
async function appendElsewhere(folder: string, name: string, text: string): Promise<string | null> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve(`${folder} does not answer`), ELSEWHERE_LIMIT_MS);
  const write = async () => {
    if (!(await stat(folder)).isDirectory()) return `${folder} is not a folder`;
    await appendWhole(path.join(folder, name), text);
    return null;
  };
  try {
    return await Promise.race([write(), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

export interface ReadCheckpoints {
  checkpoints: Checkpoint[];
  /** What is in the files and is no note of this installation: sentences. */
  problems: string[];
}

/** Reads every checkpoint in a folder. Throws where it cannot be read; a folder that is not there has none. */
export function readCheckpoints(folder: string, publicKeys: readonly KeyObject[]): ReadCheckpoints {
  const found: ReadCheckpoints = { checkpoints: [], problems: [] };
  const names = readdirSync(folder).filter((name) => FILE_NAME.test(name));
  for (const name of names.toSorted()) {
    const notes = readFileSync(path.join(folder, name), 'utf8').match(/(?:[^\n]+\n)+\n?(?:— [^\n]+\n?)?/g) ?? [];
    for (const note of notes) {
      const checkpoint = parseCheckpoint(note, publicKeys);
      if (checkpoint) found.checkpoints.push(checkpoint);
      else found.problems.push(`${path.join(folder, name)} holds something that this installation did not sign.`);
    }
  }
  return found;
}
