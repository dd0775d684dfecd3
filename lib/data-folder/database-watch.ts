/** Watches that the database of a running server stays where it is: what it holds is kept, and nothing is written on unseen into a file without a name. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { fileAt } from '#db/moved.ts';
import { BACKUPS } from '#db/snapshot.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { ENGINE } from '#lib/domain/events.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';

const LOG = '-wal';
const BESIDE = [LOG, '-shm'];
const PUT_BACK = '.put-back';
/** Between two tries to save what the server holds: each copies the whole database. */
const RETRY_MS = 10_000;

/** `lost`: the file or its log was deleted, and only this process still holds it. */
type Place = 'in place' | 'moved away' | 'lost' | 'replaced';

export interface DatabaseWatch {
  /** Sees how things are; called every second. `now` in ms, of any clock. */
  look(now: number): void;
  /** What to say in the place of every page; null: all is well. */
  problem(): Sentence | null;
}

/** At a start: a process that was killed while it put the database back is finished, before an empty one is made in its place. */
export function finishPutBack(file: string): void {
  if (existsSync(file) || !existsSync(file + PUT_BACK)) return;
  for (const ending of BESIDE) rmSync(file + ending, { force: true });
  renameSync(file + PUT_BACK, file);
}

/** Watches the file that `db` has open. `onEnd` is told, in one line, what was saved: the process must end then, and start again with the file that is there. */
export function watchDatabase(db: Db, onEnd: (message: string) => void): DatabaseWatch {
  const { $client } = db;
  const file = $client.name;
  // Never closed: with a descriptor the locks of this process would end.
  const descriptor = openSync(file, 'r');
  const opened = fileAt(file);
  // SQLite puts them beside the file itself where the path is a link.
  const beside = new Map(BESIDE.map((ending) => realpathSync(file) + ending).map((name) => [name, fileAt(name)]));
  const log = realpathSync(file) + LOG;
  let problem: Sentence | null = null;
  let triesAgainAt = 0;
  let isRecorded = false;

  function place(): Place {
    const there = fileAt(file);
    if (there === opened) return fileAt(log) === beside.get(log) ? 'in place' : 'lost';
    if (there !== null) return 'replaced';
    return fstatSync(descriptor).nlink === 0 ? 'lost' : 'moved away';
  }

  /** The whole content as a file of its own: it has that name only once it is whole and on the disk. Throws where there is no room. */
  function copyTo(to: string): void {
    mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 });
    // A second server on the same data may copy at the same moment.
    const draft = `${to}.${randomUUID()}.part`;
    const copy = openSync(draft, 'wx', 0o600);
    try {
      $client.prepare('vacuum into ?').run(draft);
      fsyncSync(copy);
      renameSync(draft, to);
    } finally {
      closeSync(copy);
      rmSync(draft, { force: true });
    }
  }

  /** Left beside another file, the log of ours would be taken for its log. */
  function removeOurLog(): void {
    for (const [name, ours] of beside) if (fileAt(name) === ours) rmSync(name, { force: true });
  }

  /** For whoever asks later what happened; a second try does not say it again. */
  function recordOnce(): void {
    if (isRecorded) return;
    const message = `The database file ${file}, or the log beside it, was deleted while the server was running. What the server still held is back in its place.`;
    recordEvent(db, { kind: 'database.put_back', at: Date.now(), actor: ENGINE, data: { file }, message });
    isRecorded = true;
  }

  function putBack(): string {
    recordOnce();
    copyTo(file + PUT_BACK);
    // Another server was faster: its file counts.
    if (place() === 'replaced') return keepAside(new Date());
    removeOurLog();
    renameSync(file + PUT_BACK, file);
    return `${file} was deleted, or the log beside it, while the server was running: what it held is back in its place.`;
  }

  function keepAside(now: Date): string {
    const name = `before-replacement-${now.toISOString().replaceAll(':', '-')}.db`;
    const copy = path.join(path.dirname(file), BACKUPS, name);
    copyTo(copy);
    removeOurLog();
    return `${file} was replaced while the server was running: the new file counts, and what was there before is kept in ${copy}.`;
  }

  function save(where: 'lost' | 'replaced', now: number): void {
    if (now < triesAgainAt) return;
    try {
      onEnd(where === 'lost' ? putBack() : keepAside(new Date()));
    } catch (error) {
      triesAgainAt = now + RETRY_MS;
      const why = error instanceof Error ? error.message : String(error);
      problem = sentence(where === 'lost' ? 'databaseLost' : 'databaseReplaced', { why });
    }
  }

  return {
    problem: () => problem,
    look(now) {
      if (!$client.open) return;
      const where = place();
      if (where === 'lost' || where === 'replaced') save(where, now);
      else problem = where === 'in place' ? null : sentence('databaseMoved', { file });
    },
  };
}
